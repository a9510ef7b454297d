import { queueSettingsSchema } from '#lib/openapi/index';
import { resumeQueue } from '#lib/queues/index';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'Resume a queue',
  description: 'Ends a pause or a drain.',
  response: queueSettingsSchema,
};

export const POST = handle({ role: 'operator', route: '/api/queues/[name]/resume', doc }, async ({ actor, params }) => {
  return Response.json(await resumeQueue(actor, nameParam(params, 'queue')));
});
