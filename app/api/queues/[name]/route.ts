import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { queueSchema, queueSettingsSchema } from '#lib/openapi/index';
import { getQueue, queuePatchSchema, updateQueue } from '#lib/queues/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';
import { nameParam } from '../../request.ts';

const getDoc = { summary: 'Get a queue', response: queueSchema };

export const GET = handle({ role: 'viewer', route: '/api/queues/[name]', doc: getDoc }, async ({ params }) => {
  const queue = await getQueue(nameParam(params, 'queue'));
  if (!queue) throw new TaskdeckError('not_found', 'There is no such queue.');
  return Response.json(queue);
});

const patchDoc = {
  summary: 'Change the settings of a queue',
  description: 'Workers follow within a second, without a restart. Null takes a limit away; what is left out stays.',
  body: queuePatchSchema,
  example: { concurrency: 10, globalConcurrency: 40, rateLimit: null },
  response: queueSettingsSchema,
};

export const PATCH = handle(
  { role: 'admin', route: '/api/queues/[name]', doc: patchDoc },
  async ({ actor, request, params }) => {
    const name = nameParam(params, 'queue');
    const patch = parseInput(queuePatchSchema, await readJson(request), 'The settings are not right.');
    return Response.json(await updateQueue(actor, name, patch));
  },
);
