import { definitionSchema } from '#lib/openapi/index';
import { listDefinitions } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../handle.ts';

const doc = {
  summary: 'List the task types',
  description: 'As the workers published them, with the JSON Schema of each payload.',
  response: z.object({ definitions: z.array(definitionSchema) }),
};

export const GET = handle({ role: 'viewer', route: '/api/definitions', doc }, async () => {
  return Response.json({ definitions: await listDefinitions() });
});
