import { z } from 'zod';
import { taskFilterSchema } from '#lib/tasks/index';
import { controlVerbs } from '#lib/tasks/types';
import { maxBulkIds } from './types.ts';

const target = {
  /** The tasks by their ids. */
  ids: z.array(z.uuid()).min(1).max(maxBulkIds).optional(),
  /** Or all that fit, as of now: tasks made later are left alone. */
  filter: taskFilterSchema.optional(),
};

type Target = { ids?: unknown; filter?: Record<string, unknown> | undefined };

/** Everything is easily said and hard to take back. */
const namesEverything = ({ filter }: Target): boolean =>
  filter !== undefined &&
  Object.entries(filter).every(([key, value]) => key === 'includeArchived' || saysNothing(value));

function saysNothing(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** One of the two, and a filter that says something. */
function checkTarget(input: Target, context: z.core.$RefinementCtx): void {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if ((input.ids === undefined) === (input.filter === undefined)) refuse('ids', 'Give ids or filter, and not both.');
  else if (namesEverything(input)) refuse('filter', 'names every task; say at least of which state.');
}

export const bulkTargetSchema = z.strictObject(target).superRefine(checkTarget);

export const bulkSchema = z
  .strictObject({
    verb: z.enum(controlVerbs),
    ...target,
    args: z
      .strictObject({
        /** dismiss: why. */
        reason: z.string().min(1).max(500).optional(),
        /** redrive: completed tasks too. */
        again: z.boolean().optional(),
      })
      .default({}),
    /** Tasks a second at most. */
    perSecond: z.int().min(1).max(10_000).default(500),
  })
  .superRefine(checkTarget)
  .superRefine(({ verb, args }, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['args', name], message });
    if (args.reason !== undefined && verb !== 'dismiss') refuse('reason', 'is only for dismiss');
    if (args.again !== undefined && verb !== 'redrive') refuse('again', 'is only for redrive');
  });

export type BulkInput = z.input<typeof bulkSchema>;
export type BulkTarget = z.infer<typeof bulkTargetSchema>;
