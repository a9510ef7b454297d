import { purgeCompleted, purgeSchema } from '#lib/bulk/index';
import { parseInput } from '#lib/json/index';
import { bulkOperationSchema } from '#lib/openapi/index';
import { readJson } from '../../body.ts';
import { handle } from '../../handle.ts';

const doc = {
  summary: 'Delete completed tasks',
  description: 'In the background: the answer is the bulk operation that does it.',
  body: purgeSchema,
  example: { olderThanMs: 2_592_000_000, definition: 'sendMessage' },
  status: 202,
  response: bulkOperationSchema,
};

export const POST = handle({ role: 'admin', route: '/api/tasks/purge', doc }, async ({ actor, request }) => {
  const input = parseInput(purgeSchema, await readJson(request), 'The purge is not right.');
  const operation = await purgeCompleted(actor, input);
  return Response.json(operation, { status: 202, headers: { location: `/api/bulk/${operation.id}` } });
});
