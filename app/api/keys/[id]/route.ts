import { endApiKey } from '#lib/access/index';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const doc = {
  summary: 'Revoke an API key',
  description: 'For good: its next request is refused.',
  status: 204,
  response: null,
};

export const DELETE = handle({ role: 'admin', route: '/api/keys/[id]', doc }, async ({ actor, params }) => {
  await endApiKey(actor, idParam(params, 'API key'));
  return new Response(null, { status: 204 });
});
