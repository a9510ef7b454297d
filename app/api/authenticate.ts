import { authenticateApiKey, crossSiteReason, currentSession, memberOf, verifyUserToken } from '#lib/access/index';
import type { Actor, CookieToSet, Session } from '#lib/access/index';
import { TaskdeckError } from '#lib/errors';
import { isHttps, requestCookies } from './cookies.ts';

/** Stands for a bearer token of another kind than an API key; null when it is not one. */
export type BearerCheck = (token: string) => Actor | null;

/** Who asks; for a person the session, and the cookies to set when it was renewed on the way. */
export type Authenticated = { actor: Actor; session: Session | null; set: CookieToSet[] };

const keyHint = 'Authorization: Bearer tdk_…, made by an admin in Settings > API keys.';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The token of `Authorization: Bearer`, empty when a script's variable was. Other schemes are not ours: a proxy in front
 * may ask for Basic.
 */
export function bearerToken(request: Request): string | null {
  const match = /^Bearer(?: +(\S.*))?$/i.exec(request.headers.get('authorization')?.trim() ?? '');
  return match && (match[1] ?? '');
}

/** @throws TaskdeckError `forbidden` when a state change could have been started by another site. */
export function refuseCrossSite(request: Request): void {
  if (safeMethods.has(request.method)) return;
  const reason = crossSiteReason(request.headers);
  if (reason)
    throw new TaskdeckError('forbidden', reason, {
      hint: `A program sends an API key instead: ${keyHint}`,
    });
}

/**
 * Who asks: by API key if there is a bearer token, and only then; else by session cookie.
 *
 * @throws TaskdeckError unauthenticated, or forbidden (another site's request, a user who is not a member).
 */
export async function authenticate(request: Request, bearer?: BearerCheck): Promise<Authenticated> {
  const token = bearerToken(request);
  if (token !== null) {
    const actor = bearer?.(token) ?? (await authenticateApiKey(token));
    if (!actor)
      throw new TaskdeckError('unauthenticated', 'The API key is missing, unknown, expired or revoked.', {
        hint: `Send one that is valid: ${keyHint}`,
      });
    return { actor, session: null, set: [] };
  }
  refuseCrossSite(request);
  const { session, set } = await currentSession(requestCookies(request), isHttps(request));
  const claims = session ? await verifyUserToken(session.accessToken) : null;
  if (!claims) {
    throw new TaskdeckError('unauthenticated', 'You are not signed in.', {
      hint: `Sign in, or send an API key: ${keyHint}`,
    });
  }
  const actor = await memberOf(claims.userId);
  if (!actor)
    throw new TaskdeckError('forbidden', 'This account is not a member of this Taskdeck.', {
      hint: 'An admin can make it one.',
    });
  return { actor, session, set };
}
