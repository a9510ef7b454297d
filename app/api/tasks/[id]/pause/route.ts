import { controlledSchema } from '#lib/openapi/index';
import { pauseTask } from '#lib/tasks/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Pause a task',
  description:
    'One that waits, pending, scheduled, blocked or retrying, is held until it is resumed. One that runs cannot be paused.',
  status: 202,
  response: controlledSchema,
};

export const POST = handle({ role: 'operator', route: '/api/tasks/[id]/pause', doc }, async ({ actor, params }) => {
  return Response.json(await pauseTask(actor, idParam(params, 'task')), { status: 202 });
});
