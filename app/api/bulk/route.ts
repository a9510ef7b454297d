import { bulkSchema, listBulk, listBulkSchema, startBulk } from '#lib/bulk/index';
import { parseInput } from '#lib/json/index';
import { bulkOperationSchema } from '#lib/openapi/index';
import { z } from 'zod';
import { batchLimits, readJson } from '../body.ts';
import { handle } from '../handle.ts';
import { pageQuery } from '../page-query.ts';

const listDoc = {
  summary: 'List bulk operations, newest first',
  query: listBulkSchema,
  response: z.object({ operations: z.array(bulkOperationSchema), nextCursor: z.uuid().nullable() }),
};

export const GET = handle({ role: 'viewer', route: '/api/bulk', doc: listDoc }, async ({ request }) => {
  return Response.json(await listBulk(pageQuery(request, listBulkSchema)));
});

const startDoc = {
  summary: 'Tell many tasks something, in the background',
  description:
    'The tasks are named by ids or by a filter; those made later are left alone, and those whose state does not allow the verb are skipped. A purge needs the role admin.',
  body: bulkSchema,
  example: { verb: 'redrive', filter: { states: ['failed'], definition: 'sendMessage' }, perSecond: 50 },
  status: 202,
  response: bulkOperationSchema,
};

export const POST = handle({ role: 'operator', route: '/api/bulk', doc: startDoc }, async ({ actor, request }) => {
  const input = parseInput(bulkSchema, await readJson(request, batchLimits), 'The operation is not right.');
  const operation = await startBulk(actor, input);
  return Response.json(operation, { status: 202, headers: { location: `/api/bulk/${operation.id}` } });
});
