import { parseInput } from '#lib/json/index';
import { suggestionsSchema } from '#lib/openapi/index';
import { maxSearchLength } from '#lib/search/index';
import { suggest } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';
import { queryOf } from '../../request.ts';

const querySchema = z.strictObject({
  q: z.string().max(maxSearchLength).default('').meta({ description: 'The search as it is written so far.' }),
  at: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxSearchLength)
    .optional()
    .meta({ description: 'The caret; the end without it.' }),
});

const doc = {
  summary: 'Suggest what to write in a search',
  query: querySchema,
  response: suggestionsSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/suggest', doc }, async ({ request }) => {
  const { q, at } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  return Response.json(await suggest(q, at ?? q.length));
});
