import { deadLetterGroupSchema } from '#lib/openapi/index';
import { listDeadLetterGroups, listDeadLettersSchema } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../handle.ts';
import { pageQuery } from '../page-query.ts';

const doc = {
  summary: 'List the dead letters by cause',
  description: 'Failed and abandoned tasks that nobody has dismissed, the group with the newest first.',
  query: listDeadLettersSchema,
  response: z.object({ groups: z.array(deadLetterGroupSchema), nextCursor: z.string().nullable() }),
};

export const GET = handle({ role: 'viewer', route: '/api/dead-letters', doc }, async ({ request }) => {
  return Response.json(await listDeadLetterGroups(pageQuery(request, listDeadLettersSchema)));
});
