import { facetsSchema } from '#lib/openapi/index';
import { readFacets } from '#lib/tasks/index';
import { handle } from '../../handle.ts';
import { queryOf } from '../../request.ts';
import { filterQuerySchema, parseFilterQuery } from '../list-query.ts';

const doc = {
  summary: 'Count tasks by state, definition, queue, tag and worker',
  description:
    "Of the tasks that fit; each dimension is counted as if the filter's own choice in it were not made. Exact where only states, definitions and queues narrow; else of the newest thousand, and `more` says so.",
  query: filterQuerySchema,
  response: facetsSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/facets', doc }, async ({ request }) =>
  Response.json(await readFacets(parseFilterQuery(queryOf(request)))),
);
