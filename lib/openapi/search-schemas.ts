import { z } from 'zod';
import { attributes, type Facets, type Suggestions } from '#lib/search/types';
import type { SavedView } from '#lib/views/types';

const countSchema = z.object({
  count: z.int(),
  more: z.boolean().meta({ description: 'There are, or may be, more than were counted.' }),
});

export const facetsSchema = z.object({
  total: countSchema,
  facets: z.record(z.enum(attributes), z.array(countSchema.extend({ value: z.string() }))),
}) satisfies z.ZodType<Facets>;

export const suggestionsSchema = z.object({
  from: z.int(),
  to: z.int().meta({ description: 'The suggestion takes the place of `from` to `to`.' }),
  suggestions: z.array(z.object({ text: z.string(), detail: z.string() })),
}) satisfies z.ZodType<Suggestions>;

export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  query: z.string().meta({ description: 'The query string of the list.' }),
  shared: z.boolean(),
  own: z.boolean().meta({ description: 'It belongs to who asks.' }),
  ownerName: z.string().nullable(),
  createdAt: z.iso.datetime(),
}) satisfies z.ZodType<SavedView>;
