import { retryTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/retry' }, async ({ actor, params }) => {
  const { id, state } = await retryTask(actor, idParam(params, 'task'));
  return Response.json({ id, state }, { status: 202 });
});
