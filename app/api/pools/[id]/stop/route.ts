import { poolSizeSchema } from '#lib/openapi/index';
import { scalePool } from '#lib/workers/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Stop a pool',
  description:
    'Ends its worker processes when they have finished what they run. The pool itself stays and can be started.',
  status: 202,
  response: poolSizeSchema,
};

export const POST = handle({ role: 'admin', route: '/api/pools/[id]/stop', doc }, async ({ actor, params }) => {
  return Response.json(await scalePool(actor, idParam(params, 'pool'), 0), { status: 202 });
});
