import type { IncomingMessage } from 'node:http';
import { GuardedFetchError } from './errors.ts';
import type { Outgoing } from './exchange.ts';

/** What a caller's headers may still say to a server that the caller did not name. */
const harmless = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);

/**
 * Where an answer sends the client, and what to send there, by the rules of the Fetch standard: 301, 302 and 303
 * turn a request that is not GET or HEAD into a GET; credentials do not follow to another origin.
 *
 * @returns null when the answer is not a redirect.
 * @throws GuardedFetchError `blocked` when it leads from https to http, or nowhere.
 */
export function redirectOf(
  response: IncomingMessage,
  from: URL,
  { method, headers, body }: Outgoing,
): { url: string; outgoing: Outgoing } | null {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  if (!URL.canParse(location, from))
    throw new GuardedFetchError('blocked', `${from.host} redirected to something that is no URL.`);
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new GuardedFetchError(
      'blocked',
      `${from.host} redirected from https to http, where anyone could read along, so it was not followed.`,
    );
  }
  const sent =
    to.origin === from.origin
      ? headers
      : Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.has(name)));
  const keepsBody = status === 307 || status === 308 || method === 'GET' || method === 'HEAD';
  if (keepsBody) return { url: to.href, outgoing: { method, headers: sent, body } };
  const { 'content-type': _dropped, ...withoutBody } = sent;
  return { url: to.href, outgoing: { method: 'GET', headers: withoutBody, body: undefined } };
}
