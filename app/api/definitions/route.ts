import { listDefinitions } from '#lib/tasks/index';
import { handle } from '../handle.ts';

export const GET = handle({ role: 'viewer', route: '/api/definitions' }, async () => {
  return Response.json({ definitions: await listDefinitions() });
});
