import { z } from 'zod';
import { submitSchema } from '#lib/tasks/index';
import { maxTemplateName } from './types.ts';

const fields = {
  definition: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(maxTemplateName),
  payload: z.json().meta({ description: 'Need not be complete: it is checked when it is submitted.' }),
  options: z
    .record(z.string(), z.json())
    .meta({ description: 'Any options of a submit.' })
    .superRefine((options, context) => {
      const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
      const { error } = submitSchema.safeParse({ ...options, definition: 'any', payload: {} });
      for (const issue of error?.issues ?? [])
        if (issue.code !== 'unrecognized_keys') refuse(issue.path, issue.message);
        else for (const key of issue.keys) refuse([...issue.path, key], 'is not a known field');
      for (const name of ['definition', 'payload']) if (name in options) refuse([name], 'is not an option');
    }),
};

export const createTemplateSchema = z.strictObject({ ...fields, options: fields.options.default({}) });

/** What may be changed, each alone; a template stays with its definition. */
export const templatePatchSchema = z
  .strictObject({ name: fields.name, payload: fields.payload, options: fields.options })
  .partial();

export type CreateTemplate = z.output<typeof createTemplateSchema>;
export type TemplatePatch = z.output<typeof templatePatchSchema>;
