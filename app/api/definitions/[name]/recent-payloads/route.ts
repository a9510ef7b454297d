import { recentPayloadSchema } from '#lib/openapi/index';
import { listRecentPayloads } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../../handle.ts';
import { nameParam } from '../../../request.ts';

const doc = {
  summary: 'List what was submitted of a task type last',
  description: 'Its ten newest payloads, each once and by its beginning; the whole one stands in the task.',
  response: z.object({ payloads: z.array(recentPayloadSchema) }),
};

export const GET = handle(
  { role: 'viewer', route: '/api/definitions/[name]/recent-payloads', doc },
  async ({ params }) => {
    return Response.json({ payloads: await listRecentPayloads(nameParam(params, 'task type')) });
  },
);
