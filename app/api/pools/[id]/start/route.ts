import { poolSizeSchema } from '#lib/openapi/index';
import { scalePool } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Start a pool',
  description: 'Keeps as many worker processes as when it is idle, at least one.',
  status: 202,
  response: poolSizeSchema,
};

export const POST = handle({ role: 'admin', route: '/api/pools/[id]/start', doc }, async ({ actor, params }) => {
  return Response.json(await scalePool(actor, idParam(params, 'pool'), 'start'), { status: 202 });
});
