import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { waitForTask } from '#lib/manager/index';
import { taskOutcomeSchema } from '#lib/openapi/index';
import { readOutcomes } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../../handle.ts';
import { idParam, queryOf } from '../../../request.ts';

const querySchema = z.strictObject({
  timeoutMs: z.coerce.number().int().min(0).max(30_000).default(20_000).meta({ description: 'Milliseconds.' }),
});

/** Requests that may wait at once in this process: each holds a connection. */
const maxWaiting = 1_000;
let waiting = 0;

const doc = {
  summary: 'Wait until a task has ended',
  description:
    'Answers as soon as the task has ended, at once when it has, or with the state it is in when the time is up: `state` tells which.',
  query: querySchema,
  response: taskOutcomeSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/wait', doc }, async ({ params, request }) => {
  const id = idParam(params, 'task');
  const { timeoutMs } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  if (waiting >= maxWaiting)
    throw new TaskdeckError('rate_limited', 'Too many requests wait for tasks.', { retryAfterSeconds: 1 });
  waiting += 1;
  try {
    return Response.json(await waitForTask(id, { timeoutMs, signal: request.signal }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const [task] = await readOutcomes([id]);
    if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
    return Response.json(task);
  } finally {
    waiting -= 1;
  }
});
