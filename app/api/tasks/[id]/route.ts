import { TaskdeckError } from '#lib/errors';
import { inboxMessageOf } from '#lib/inbox/index';
import { getTask } from '#lib/tasks/index';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]' }, async ({ params }) => {
  const id = idParam(params, 'task');
  const [task, inboxMessage] = await Promise.all([getTask(id), inboxMessageOf(id)]);
  if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  return Response.json({ ...task, inboxMessage });
});
