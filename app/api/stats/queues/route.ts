import { queueRateSchema } from '#lib/openapi/index';
import { foldChanges, readQueueRates } from '#lib/stats/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';

const doc = {
  summary: 'How fast the queues move',
  description: 'Tasks a minute over the last five minutes, of the queues in which anything happened.',
  response: z.object({ rates: z.array(queueRateSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/stats/queues', doc }, async () => {
  await foldChanges();
  return Response.json({ rates: await readQueueRates() });
});
