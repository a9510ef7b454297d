import { parseInput } from '#lib/json/index';
import { listTasksQuerySchema } from '#lib/tasks/index';
import { z } from 'zod';

/** A list's query as it stands in the URL: `state` holds one or more states, with commas between. */
const querySchema = z.strictObject({
  state: z
    .string()
    .transform((states) => states.split(','))
    .optional(),
  definition: z.string().optional(),
  queue: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().optional(),
});

/** @throws TaskdeckError `invalid` naming each parameter that is wrong. */
export function parseListQuery(query: Record<string, string>): z.output<typeof listTasksQuerySchema> {
  const { state: states, ...rest } = parseInput(querySchema, query, 'The query is not right.');
  return parseInput(listTasksQuerySchema, { states, ...rest }, 'The query is not right.');
}
