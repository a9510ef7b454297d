import { poolListSchema } from '#lib/openapi/index';
import { listPools } from '#lib/workers/index';
import { handle } from '../handle.ts';

const doc = {
  summary: 'List the pools',
  description: 'A pool keeps the worker processes of a host alive.',
  response: poolListSchema,
};

export const GET = handle({ role: 'viewer', route: '/api/pools', doc }, async () => {
  return Response.json({ pools: await listPools() });
});
