import { z } from 'zod';
import type { RecentPayload } from '#lib/tasks/types';
import type { Template } from '#lib/templates/types';
import { stateSchema } from './task-schemas.ts';

// What a form of a new task may start from.

export const templateSchema = z.object({
  id: z.uuid(),
  definition: z.string(),
  name: z.string(),
  payload: z.unknown(),
  options: z.record(z.string(), z.unknown()),
  createdBy: z.string(),
  createdByName: z.string().nullable(),
  updatedAt: z.iso.datetime(),
}) satisfies z.ZodType<Template>;

export const recentPayloadSchema = z.object({
  taskId: z.uuid().meta({ description: 'The newest task that has it.' }),
  preview: z.string().meta({ description: 'The beginning of its JSON.' }),
  state: stateSchema,
  createdAt: z.iso.datetime(),
}) satisfies z.ZodType<RecentPayload>;
