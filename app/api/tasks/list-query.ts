import { parseInput } from '#lib/json/index';
import { listTasksQuerySchema } from '#lib/tasks/index';
import { z } from 'zod';

/** One or more, with commas between. */
const several = (what: string) =>
  z
    .string()
    .transform((values) => values.split(','))
    .optional()
    .meta({ description: `${what}, one or more with commas between.` });
const flag = (description: string) =>
  z
    .stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be true or false' })
    .optional()
    .meta({ description });
const text = (description?: string) => z.string().optional().meta({ description });

/** A list's query as it stands in the URL. */
export const listQuerySchema = z.strictObject({
  state: several('States'),
  ids: several('Ids'),
  definition: text(),
  queue: text(),
  tag: text(),
  submittedBy: text('user:<uuid>, key:<uuid>, task:<uuid> or system.'),
  workerId: text('The worker that runs it, or ran it last.'),
  parentId: text('The task that emitted it.'),
  correlationId: text(),
  fingerprint: text('Dead letters of one cause.'),
  dismissed: flag('true: dead letters that were dismissed; false: all other tasks.'),
  createdAfter: text('A time, as 2026-11-21T12:00:00Z.'),
  createdBefore: text('A time.'),
  finishedBefore: text('A time.'),
  includeArchived: flag('true: archived tasks too.'),
  cursor: text('The `nextCursor` of the page before.'),
  limit: z.coerce.number().optional().meta({ description: '1 to 200; 50 without it.' }),
});

/** @throws TaskdeckError `invalid` naming each parameter that is wrong. */
export function parseListQuery(query: Record<string, string>): z.output<typeof listTasksQuerySchema> {
  const { state: states, ...rest } = parseInput(listQuerySchema, query, 'The query is not right.');
  return parseInput(listTasksQuerySchema, { states, ...rest }, 'The query is not right.');
}
