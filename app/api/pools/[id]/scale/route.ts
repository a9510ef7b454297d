import { parseInput } from '#lib/json/index';
import { poolSizeSchema } from '#lib/openapi/index';
import { scalePool, scaleSchema } from '#lib/workers/index';
import { readJson } from '../../../body.ts';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Scale a pool',
  description:
    'Keeps so many worker processes. Those that are too many finish what they run first, the idle ones before the others.',
  body: scaleSchema,
  example: { size: 3 },
  status: 202,
  response: poolSizeSchema,
};

export const POST = handle(
  { role: 'admin', route: '/api/pools/[id]/scale', doc },
  async ({ actor, request, params }) => {
    const id = idParam(params, 'pool');
    const { size } = parseInput(scaleSchema, await readJson(request), 'The size is not right.');
    return Response.json(await scalePool(actor, id, size), { status: 202 });
  },
);
