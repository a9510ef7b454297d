import { cancelBulk } from '#lib/bulk/index';
import { bulkOperationSchema } from '#lib/openapi/index';
import { handle } from '../../../handle.ts';
import { idParam } from '../../../request.ts';

const doc = {
  summary: 'Stop a bulk operation',
  description: 'What it has done stays done.',
  response: bulkOperationSchema,
};

export const POST = handle({ role: 'operator', route: '/api/bulk/[id]/cancel', doc }, async ({ actor, params }) => {
  return Response.json(await cancelBulk(actor, idParam(params, 'bulk operation')));
});
