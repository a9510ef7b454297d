import { cancelTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/cancel' }, async ({ actor, params }) => {
  const { id, state } = await cancelTask(actor, idParam(params, 'task'));
  return Response.json({ id, state }, { status: 202 });
});
