import { combineChunks, createChunks, isChunkLike, stringFromBase64URL, stringToBase64URL } from '@supabase/ssr';
import { z } from 'zod';
import { config } from '#lib/config';

/** A signed-in browser's tokens; `expiresAt` is the access token's end in seconds since 1970. */
export type Session = { accessToken: string; refreshToken: string; expiresAt: number };

export type Cookie = { name: string; value: string };
/** A cookie to set; an empty value with `maxAge` 0 removes it. */
export type CookieToSet = Cookie & {
  options: { httpOnly: true; sameSite: 'lax'; secure: boolean; path: '/'; maxAge: number };
};

/** Renewed with each refresh: one who comes at least once in this time stays signed in. */
const maxAgeSeconds = 30 * 86_400;

const sessionSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAt: z.number(),
});

/** The session cookie's name. Browsers keep cookies apart by host, not by port, so two copies on one host need two names. */
export function sessionCookieName(): string {
  return `taskdeck-session-${new URL(config().SUPABASE_URL).host.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`;
}

/** The session that the cookies hold, without any check; null when there is none, or its chunks do not fit together. */
export async function readSession(cookies: Cookie[]): Promise<Session | null> {
  const value = await combineChunks(
    sessionCookieName(),
    (name) => cookies.find((cookie) => cookie.name === name)?.value,
  );
  if (!value) return null;
  try {
    return sessionSchema.parse(JSON.parse(stringFromBase64URL(value)));
  } catch {
    return null;
  }
}

/** What to set so that a browser which sent `present` holds exactly this session; null signs it out. */
export function sessionCookies(session: Session | null, present: Cookie[], secure: boolean): CookieToSet[] {
  const name = sessionCookieName();
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  const chunks = session ? createChunks(name, stringToBase64URL(JSON.stringify(session))) : [];
  const stale = present.filter(
    (cookie) => isChunkLike(cookie.name, name) && !chunks.some((chunk) => chunk.name === cookie.name),
  );
  return [
    ...stale.map((cookie) => ({ name: cookie.name, value: '', options: { ...options, maxAge: 0 } })),
    ...chunks.map((chunk) => ({ ...chunk, options: { ...options, maxAge: maxAgeSeconds } })),
  ];
}
