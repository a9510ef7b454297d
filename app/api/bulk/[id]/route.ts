import { getBulk } from '#lib/bulk/index';
import { TaskdeckError } from '#lib/errors';
import { bulkOperationSchema } from '#lib/openapi/index';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const doc = { summary: 'Read how far a bulk operation is', response: bulkOperationSchema };

export const GET = handle({ role: 'viewer', route: '/api/bulk/[id]', doc }, async ({ params }) => {
  const id = idParam(params, 'bulk operation');
  const operation = await getBulk(id);
  if (!operation) throw new TaskdeckError('not_found', `There is no bulk operation ${id}.`);
  return Response.json(operation);
});
