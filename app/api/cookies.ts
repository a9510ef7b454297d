import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr';
import type { Cookie, CookieToSet } from '#lib/access/index';

/** The cookies that came with a request. */
export const requestCookies = (request: Request): Cookie[] => parseCookieHeader(request.headers.get('cookie') ?? '');

/** True when the browser's connection is encrypted, here or at a proxy in front. */
export function isHttps(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.replace(':', '')) === 'https';
}

/** Adds cookies to the headers of an answer. */
export function appendCookies(headers: Headers, cookies: CookieToSet[]): void {
  for (const { name, value, options } of cookies)
    headers.append('set-cookie', serializeCookieHeader(name, value, options));
}
