import { queueSettingsSchema } from '#lib/openapi/index';
import { pauseQueue } from '#lib/queues/index';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'Pause a queue',
  description: 'It takes tasks and starts none. Those that run go on.',
  response: queueSettingsSchema,
};

export const POST = handle({ role: 'operator', route: '/api/queues/[name]/pause', doc }, async ({ actor, params }) => {
  return Response.json(await pauseQueue(actor, nameParam(params, 'queue')));
});
