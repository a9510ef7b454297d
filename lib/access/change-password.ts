import { z } from 'zod';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import { passwordGrant } from './auth-server.ts';
import { emailOfAuthUser, setAuthPassword } from './auth-users.ts';
import { passwordSchema } from './password.ts';
import type { Session } from './session.ts';
import { limitSignIn } from './sign-in-limit.ts';
import { signOut } from './sign-in.ts';
import type { Actor } from './types.ts';
import { verifyUserToken } from './user-token.ts';

export const changePasswordSchema = z
  .strictObject({ currentPassword: z.string().min(1, 'is needed').max(1_024), newPassword: passwordSchema })
  .refine(({ currentPassword, newPassword }) => currentPassword !== newPassword, {
    path: ['newPassword'],
    error: 'is the same as the current one',
  });

/**
 * Gives a person another password, who proves to know the current one. All their sessions end: they go on in a new one.
 *
 * @param ip the sender's address, for the rate limit, which is that of signing in.
 * @returns the new session; null when Auth gave none, so that they must sign in.
 * @throws TaskdeckError forbidden (an API key), rate_limited, invalid (the current password), conflict (Auth refuses the new
 * one), unavailable.
 */
export async function changePassword(
  actor: Actor,
  { currentPassword, newPassword }: z.infer<typeof changePasswordSchema>,
  ip: string,
): Promise<Session | null> {
  if (actor.kind !== 'user')
    throw new TaskdeckError('forbidden', 'Only a signed-in person has a password.', {
      hint: 'An API key does not change: make another one, then revoke it.',
    });
  const email = await emailOfAuthUser(actor.id);
  await provePassword({ id: actor.id, email, password: currentPassword, ip });
  // Written down first: an entry too many is better than a password of which nobody knows who set it.
  await audit(db(), actor, 'member.password', `member:${actor.id}`, { email });
  await setAuthPassword(actor.id, newPassword);
  return passwordGrant(email, newPassword).catch((error: unknown) => {
    log.warn('there is no session after a change of password', { error });
    return null;
  });
}

type Proof = { id: string; email: string; password: string; ip: string };

async function provePassword({ id, email, password, ip }: Proof): Promise<void> {
  const attempt = await limitSignIn({ email, ip });
  const session = await passwordGrant(email, password);
  const claims = session ? await verifyUserToken(session.accessToken) : null;
  // It was asked for as a proof only.
  if (session) await signOut(session);
  if (claims?.userId !== id)
    throw new TaskdeckError('invalid', 'The current password is not right.', {
      fields: [{ pointer: '/currentPassword', message: 'is not right' }],
    });
  await attempt.succeeded();
}
