import { TaskdeckError } from '#lib/errors';
import { z } from 'zod';
import { handle } from '../../handle.ts';

const doc = {
  summary: "The signed-in person's token for the live channels",
  response: z.object({ token: z.string(), expiresAt: z.int().meta({ description: 'Seconds since 1970.' }) }),
};

export const GET = handle({ role: 'viewer', route: '/api/realtime/token', doc }, async ({ session }) => {
  // Realtime knows people, not API keys.
  if (!session)
    throw new TaskdeckError('forbidden', 'Only a signed-in person can join the live channels.', {
      hint: 'A program polls GET /api/tasks/:id.',
    });
  return Response.json({ token: session.accessToken, expiresAt: session.expiresAt });
});
