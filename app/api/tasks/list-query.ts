import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { listSorts } from '#lib/search/types';
import { listTasksQuerySchema, type TaskFilter, taskFilterSchema } from '#lib/tasks/index';
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
const number = (description: string) => z.coerce.number().optional().meta({ description });

/** What narrows a list, as it stands in the URL. */
export const filterQuerySchema = z.strictObject({
  q: text('A search: words, beginnings*, "phrases", -negations, payload.user.id:42, error:text.'),
  state: several('States'),
  ids: several('Ids'),
  definition: several('Definitions'),
  queue: several('Queues'),
  tag: several('Tags, all of which a task must have'),
  submittedBy: text('user:<uuid>, key:<uuid>, task:<uuid> or system.'),
  worker: text('The worker that runs it, or ran it last.'),
  workerId: text('As worker.'),
  parentId: text('The task that emitted it.'),
  correlationId: text(),
  fingerprint: text('Dead letters of one cause.'),
  dismissed: flag('true: dead letters that were dismissed; false: all other tasks.'),
  createdAfter: text('A time, as 2026-11-21T12:00:00Z.'),
  createdBefore: text('A time.'),
  finishedAfter: text('A time.'),
  finishedBefore: text('A time.'),
  runMin: number('Milliseconds that the last run took at least.'),
  runMax: number('Milliseconds that the last run took at most.'),
  attemptsMin: number('Attempts at least.'),
  attemptsMax: number('Attempts at most.'),
  metadata: text('A JSON object that the metadata contains, as {"tenant":"acme"}.'),
  includeArchived: flag('true: archived tasks too.'),
});

/** A list's query as it stands in the URL. */
export const listQuerySchema = filterQuerySchema.extend({
  sort: z
    .string()
    .optional()
    .meta({ description: `One of ${listSorts.join(', ')}; -created without it.` }),
  cursor: text('The `nextCursor` of the page before.'),
  limit: number('1 to 200; 50 without it.'),
});

/** The names that a URL and a filter call differently. */
const urlNames = new Map([
  ['states', 'state'],
  ['definitions', 'definition'],
  ['queues', 'queue'],
  ['tags', 'tag'],
  ['workerId', 'worker'],
  ['runMsMin', 'runMin'],
  ['runMsMax', 'runMax'],
]);

/** @throws TaskdeckError `invalid` naming each parameter that is wrong. */
export function parseListQuery(query: Record<string, string>): z.output<typeof listTasksQuerySchema> {
  return inUrlNames(() => {
    const { sort, cursor, limit, ...filter } = parseInput(listQuerySchema, query, 'The query is not right.');
    return parseInput(listTasksQuerySchema, { ...toFilter(filter), sort, cursor, limit }, 'The query is not right.');
  });
}

/** @throws TaskdeckError `invalid` naming each parameter that is wrong. */
export function parseFilterQuery(query: Record<string, string>): TaskFilter {
  return inUrlNames(() =>
    parseInput(
      taskFilterSchema,
      toFilter(parseInput(filterQuerySchema, query, 'The query is not right.')),
      'The query is not right.',
    ),
  );
}

function toFilter({
  state: states,
  definition: definitions,
  queue: queues,
  tag: tags,
  worker,
  workerId = worker,
  runMin: runMsMin,
  runMax: runMsMax,
  metadata,
  ...rest
}: z.output<typeof filterQuerySchema>): Record<string, unknown> {
  return {
    ...rest,
    states,
    definitions,
    queues,
    tags,
    workerId,
    runMsMin,
    runMsMax,
    metadata: metadata === undefined ? undefined : parseMetadata(metadata),
  };
}

function parseMetadata(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw new TaskdeckError('invalid', 'The query is not right.', {
      fields: [{ pointer: '/metadata', message: 'is not JSON; write it as {"tenant":"acme"}' }],
      cause,
    });
  }
}

/** Errors of the filter by the names that stand in the URL. */
function inUrlNames<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TaskdeckError)) throw error;
    const fields = error.fields.map(({ pointer, message }) => {
      const [, name = '', ...rest] = pointer.split('/');
      return { pointer: ['', urlNames.get(name) ?? name, ...rest].join('/'), message };
    });
    throw new TaskdeckError(error.code, error.message, { ...(error.hint && { hint: error.hint }), fields });
  }
}
