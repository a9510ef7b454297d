import { limitRate } from '#lib/access/index';
import { parseInput } from '#lib/json/index';
import { controlledSchema, countsSchema, taskSummarySchema } from '#lib/openapi/index';
import { countTasks, listTasks, submit, submitSchema } from '#lib/tasks/index';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';
import { queryOf } from '../request.ts';
import { idempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts';
import { listQuerySchema, parseListQuery } from './list-query.ts';
import { z } from 'zod';

const listDoc = {
  summary: 'List and search tasks, newest first',
  description:
    '`nextCursor` is what to give as `cursor` for the next page, null on the last one. `counts` are of all tasks.',
  query: listQuerySchema,
  response: z.object({
    tasks: z.array(taskSummarySchema),
    nextCursor: z.string().nullable(),
    indexing: z.int().optional().meta({ description: 'Changes that a search could not see yet.' }),
    counts: countsSchema,
  }),
};

export const GET = handle({ role: 'viewer', route: '/api/tasks', doc: listDoc }, async ({ request }) => {
  const filter = parseListQuery(queryOf(request));
  const [page, counts] = await Promise.all([listTasks(filter), countTasks()]);
  return Response.json({ ...page, counts });
});

const submitDoc = {
  summary: 'Submit a task',
  description:
    'Answers after the commit: the task will run. With an `Idempotency-Key` the same request may be sent again; it then gets the first task. 200 instead of 202 says so: also when a unique or debounce key is held by a task that stands there.',
  headers: idempotencyHeaders,
  body: submitSchema,
  example: { definition: 'sendMessage', payload: { message: 'Hello' }, priority: 10, tags: ['greeting'] },
  status: 202,
  response: controlledSchema.extend({ duplicate: z.boolean() }),
};

export const POST = handle({ role: 'operator', route: '/api/tasks', doc: submitDoc }, async ({ actor, request }) => {
  const idempotencyKey = idempotencyKeyOf(request);
  const input = parseInput(submitSchema, await readJson(request), 'The task is not right.');
  limitRate(actor, 1);
  const submitted = await submit(actor, input, { idempotencyKey });
  const replayed = submitted.duplicate && idempotencyKey !== undefined;
  return Response.json(submitted, {
    status: submitted.duplicate ? 200 : 202,
    headers: { location: `/api/tasks/${submitted.id}`, ...(replayed ? { 'idempotency-replayed': 'true' } : {}) },
  });
});
