import { controlledSchema } from '#lib/openapi/index';
import { unarchiveTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Unarchive a task',
  description: 'It is listed again.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/unarchive', doc }, async ({ actor, params }) => {
  return Response.json(await unarchiveTask(actor, idParam(params, 'task')), { status: 202 });
});
