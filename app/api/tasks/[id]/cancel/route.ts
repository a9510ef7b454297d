import { controlledSchema } from '#lib/openapi/index';
import { cancelTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Cancel a task',
  description: 'One that waits is cancelled at once; one that runs is told to stop, and its state follows.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/cancel', doc }, async ({ actor, params }) => {
  const { id, state } = await cancelTask(actor, idParam(params, 'task'));
  return Response.json({ id, state }, { status: 202 });
});
