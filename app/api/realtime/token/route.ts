import { TaskdeckError } from '#lib/errors';
import { handle } from '../../handle.ts';

export const GET = handle({ role: 'viewer', route: '/api/realtime/token' }, async ({ session }) => {
  // Realtime knows people, not API keys.
  if (!session)
    throw new TaskdeckError('forbidden', 'Only a signed-in person can join the live channels.', {
      hint: 'A program polls GET /api/tasks/:id.',
    });
  return Response.json({ token: session.accessToken, expiresAt: session.expiresAt });
});
