import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { logLineSchema } from '#lib/openapi/index';
import { getTask, listLogs } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam, queryOf } from '../../../request.ts';
import { z } from 'zod';

const querySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});

const doc = {
  summary: "Read a task's log",
  description:
    'Lines after `after`, oldest first; `next` is what to give as `after` for more, null when there are none now.',
  query: querySchema,
  response: z.object({ lines: z.array(logLineSchema), next: z.int().nullable() }),
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/logs', doc }, async ({ params, request }) => {
  const id = idParam(params, 'task');
  const page = await listLogs(id, parseInput(querySchema, queryOf(request), 'The query is not right.'));
  // Only an empty answer leaves open whether the task exists.
  if (page.lines.length === 0 && !(await getTask(id))) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  return Response.json(page);
});
