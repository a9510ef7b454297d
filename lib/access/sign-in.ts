import { z } from 'zod';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import { endSession, passwordGrant } from './auth-server.ts';
import { memberOf } from './members.ts';
import type { Member } from './members.ts';
import type { Session } from './session.ts';
import { limitSignIn } from './sign-in-limit.ts';
import { verifyUserToken } from './user-token.ts';

export const signInSchema = z.strictObject({
  email: z.string().trim().min(1, 'is needed').max(320),
  password: z.string().min(1, 'is needed').max(1_024),
});

/**
 * Signs a member in.
 *
 * @param ip the sender's address, for the rate limit.
 * @throws TaskdeckError rate_limited, unauthenticated (address or password), forbidden (not a member), unavailable.
 */
export async function signIn(
  { email, password }: z.infer<typeof signInSchema>,
  ip: string,
): Promise<{ session: Session; member: Member }> {
  const attempt = await limitSignIn({ email, ip });
  const session = await passwordGrant(email, password);
  const claims = session ? await verifyUserToken(session.accessToken) : null;
  if (!session || !claims) {
    if (session) log.error('Supabase Auth gave a token that does not verify: is SUPABASE_JWT_SECRET the right one?');
    throw new TaskdeckError('unauthenticated', 'The e-mail address or the password is not right.');
  }
  const member = await memberOf(claims.userId);
  if (!member) {
    await signOut(session);
    throw new TaskdeckError('forbidden', 'This account is not a member of this Taskdeck.', {
      hint: 'An admin can make it one.',
    });
  }
  await attempt.succeeded();
  log.info('signed in', { userId: member.id });
  return { session, member };
}

/** Ends the session at Supabase Auth. Never throws: the browser forgets it in any case. */
export async function signOut(session: Session): Promise<void> {
  await endSession(session.accessToken).catch((error: unknown) =>
    log.warn('a session was not ended at Supabase Auth', { error }),
  );
}
