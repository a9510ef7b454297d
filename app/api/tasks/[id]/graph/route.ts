import { TaskdeckError } from '#lib/errors';
import { taskGraphSchema } from '#lib/openapi/index';
import { getTaskGraph } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Read what a task came from, and what came from it',
  description:
    'The tasks that emitted it or that it waits for, and so on up; those it emitted or that wait for it, and so on down.',
  response: taskGraphSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]/graph', doc }, async ({ params }) => {
  const id = idParam(params, 'task');
  const graph = await getTaskGraph(id);
  if (!graph) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  return Response.json(graph);
});
