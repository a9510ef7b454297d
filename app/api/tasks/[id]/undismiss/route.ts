import { controlledSchema } from '#lib/openapi/index';
import { undismissTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Bring a dismissed dead letter back',
  description: 'It stands in the groups of dead letters again.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/undismiss', doc }, async ({ actor, params }) => {
  return Response.json(await undismissTask(actor, idParam(params, 'task')), { status: 202 });
});
