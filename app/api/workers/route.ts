import { workerListSchema } from '#lib/openapi/index';
import { listWorkers } from '#lib/workers/index';
import { handle } from '../handle.ts';

const doc = { summary: 'List the workers', description: 'Those of the last hour.', response: workerListSchema };

export const GET = handle({ role: 'viewer', route: '/api/workers', doc }, async () => {
  return Response.json({ workers: await listWorkers() });
});
