import { controlledSchema } from '#lib/openapi/index';
import { retryTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Retry an ended task',
  description: 'Sends a failed, cancelled or abandoned task again, with all its attempts anew.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/retry', doc }, async ({ actor, params }) => {
  const { id, state } = await retryTask(actor, idParam(params, 'task'));
  return Response.json({ id, state }, { status: 202 });
});
