import { createHash } from 'node:crypto';
import { log } from '#lib/observability/index';
import { refreshGrant } from './auth-server.ts';
import { readSession, sessionCookies } from './session.ts';
import type { Cookie, CookieToSet, Session } from './session.ts';

/** A token that ends sooner is exchanged at once. The page asks for a new one 60 seconds before the end: it must get one then. */
const marginSeconds = 90;
/** How long the answer for a refresh token serves the requests that left the browser with the old cookie. */
const keepMs = 60_000;
const maxKept = 1_000;

type Kept = { until: number; answer: Promise<Session | null> };

/** Next bundles this module more than once a process; a refresh token may be spent only once in it. */
const holder = globalThis as { [key: symbol]: Map<string, Kept> | undefined };
const kept = (): Map<string, Kept> => (holder[Symbol.for('taskdeck.refreshes')] ??= new Map());

/**
 * The session of these cookies, with a fresh access token if the old one is at its end, and the cookies to set then.
 *
 * Never removes a cookie: when a refresh is refused, another tab's request may have set a newer one already.
 */
export async function currentSession(
  cookies: Cookie[],
  secure: boolean,
): Promise<{ session: Session | null; set: CookieToSet[] }> {
  const session = await readSession(cookies);
  if (!session || session.expiresAt - Date.now() / 1000 > marginSeconds) return { session, set: [] };
  const fresh = await refreshOnce(session.refreshToken).catch((error: unknown) => {
    log.warn('a session could not be refreshed', { error });
    return null;
  });
  return fresh ? { session: fresh, set: sessionCookies(fresh, cookies, secure) } : { session, set: [] };
}

/** Requests that come together with one refresh token share one exchange: a second one would be taken for theft. */
function refreshOnce(refreshToken: string): Promise<Session | null> {
  const key = createHash('sha256').update(refreshToken).digest('base64url');
  const answers = kept();
  const known = answers.get(key);
  if (known && known.until > Date.now()) return known.answer;

  const answer = refreshGrant(refreshToken);
  answers.delete(key);
  answers.set(key, { until: Date.now() + keepMs, answer });
  // Auth was away: that says nothing about the token.
  answer.catch(() => answers.delete(key));
  // Insertion order is age, so the first ones go.
  for (const [oldest, { until }] of answers) {
    if (answers.size <= maxKept && until > Date.now()) break;
    answers.delete(oldest);
  }
  return answer;
}
