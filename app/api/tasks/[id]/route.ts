import { TaskdeckError } from '#lib/errors';
import { inboxMessageOf } from '#lib/inbox/index';
import { taskDetailSchema } from '#lib/openapi/index';
import { getTask } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const doc = {
  summary: 'Read a task',
  response: taskDetailSchema.extend({
    inboxMessage: z
      .object({ message: z.string(), createdAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'What sendMessage delivered to the inbox.' }),
  }),
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/[id]', doc }, async ({ params }) => {
  const id = idParam(params, 'task');
  const [task, inboxMessage] = await Promise.all([getTask(id), inboxMessageOf(id)]);
  if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  return Response.json({ ...task, inboxMessage });
});
