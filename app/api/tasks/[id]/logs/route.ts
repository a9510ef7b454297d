import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { logLineSchema } from '#lib/openapi/index';
import { exportLogs, getTask, listLogs } from '#lib/tasks/index';
import { logLevels } from '#lib/tasks/types';
import { z } from 'zod';
import { handle } from '../../../handle.ts';
import { idParam, queryOf } from '../../../request.ts';
import { exportFormats, exportResponse } from './export.ts';

const querySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
  level: z.enum(logLevels).default('debug').meta({ description: 'Lines of this level and worse.' }),
  format: z
    .enum(['json', ...exportFormats])
    .default('json')
    .meta({
      description: 'With ndjson or text the whole log is streamed as a file; after and limit then say nothing.',
    }),
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
  const { format, ...query } = parseInput(querySchema, queryOf(request), 'The query is not right.');
  const noTask = () => new TaskdeckError('not_found', `There is no task ${id}.`);
  if (format !== 'json') {
    if (!(await getTask(id))) throw noTask();
    return exportResponse(exportLogs(id, query.level), format, `task-${id}`);
  }
  const page = await listLogs(id, query);
  // Only an empty answer leaves open whether the task exists.
  if (page.lines.length === 0 && !(await getTask(id))) throw noTask();
  return Response.json(page);
});
