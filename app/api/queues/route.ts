import { parseInput } from '#lib/json/index';
import { queueListSchema, queueSettingsSchema } from '#lib/openapi/index';
import { createQueue, createQueueSchema, listQueues } from '#lib/queues/index';
import { readJson } from '../body.ts';
import { handle } from '../handle.ts';

const listDoc = { summary: 'List the queues', response: queueListSchema };

export const GET = handle({ role: 'viewer', route: '/api/queues', doc: listDoc }, async () => {
  return Response.json({ queues: await listQueues() });
});

const createDoc = {
  summary: 'Create a queue',
  description: 'Running workers take it up within a second.',
  body: createQueueSchema,
  example: { name: 'mail', concurrency: 5, rateLimit: { max: 100, perMs: 60_000 } },
  status: 201,
  response: queueSettingsSchema,
};

export const POST = handle({ role: 'admin', route: '/api/queues', doc: createDoc }, async ({ actor, request }) => {
  const input = parseInput(createQueueSchema, await readJson(request), 'The queue is not right.');
  const queue = await createQueue(actor, input);
  return Response.json(queue, { status: 201, headers: { location: `/api/queues/${queue.name}` } });
});
