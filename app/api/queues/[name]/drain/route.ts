import { queueSettingsSchema } from '#lib/openapi/index';
import { drainQueue } from '#lib/queues/index';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'Drain a queue',
  description: 'It takes no new tasks; what it has is run. A resume ends it.',
  response: queueSettingsSchema,
};

export const POST = handle({ role: 'operator', route: '/api/queues/[name]/drain', doc }, async ({ actor, params }) => {
  return Response.json(await drainQueue(actor, nameParam(params, 'queue')));
});
