import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { App } from '@supabase/lite';

import { isOpaqueKey } from '../realtime/identity.ts';
import type { Identities, IdentityKeys } from '../realtime/identity.ts';
import type { KeyedRateLimiter } from '../realtime/limits.ts';
import { CORS, answer } from './answer.ts';
import { readBody } from './body.ts';

/** Belong to one connection, or are set by the receiver of the body. */
const NOT_PASSED_ON = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'content-length',
];

/** Longer than any e-mail address: what a caller may have us remember. */
const MAX_ADDRESS = 320;

type LiteProxyOptions = {
  app: App;
  identities: Identities;
  keys: IdentityKeys;
  bodyBytes: number;
  /** Counts by e-mail address: lite itself counts nothing. */
  passwords: KeyedRateLimiter;
};

/**
 * Hands a request of /auth/v1 or /rest/v1 to lite and its answer back.
 * @throws BodyTooLarge, or whatever lite throws
 */
export async function serveByLite(
  options: LiteProxyOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const body = await readBody(request, options.bodyBytes);
  const headers = new Headers(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined || NOT_PASSED_ON.includes(name)
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
    ),
  );
  await translateRoleKey(headers, options);
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const address = url.pathname === '/auth/v1/token' ? addressIn(body) : undefined;
  // Only with a key does it count: a stranger cannot use up a person's tries.
  if (address !== undefined && (await holdsKey(headers, url, options)) && !options.passwords.take(address)) {
    return answer(response, 429, {
      code: 429,
      error_code: 'over_request_rate_limit',
      msg: 'Request rate limit reached',
    });
  }
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  const answered = await options.app.fetch(
    new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) }),
    {
      peerAddress: request.socket.remoteAddress ?? null,
    },
  );
  response.writeHead(answered.status, { ...Object.fromEntries(answered.headers), ...CORS });
  if (!answered.body) {
    response.end();
    return;
  }
  await pipeline(Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]), response);
}

/** lite knows only `sb_…` keys; a legacy role JWT is replaced by the key of its role. */
async function translateRoleKey(headers: Headers, { identities, keys }: LiteProxyOptions): Promise<void> {
  const key = headers.get('apikey');
  if (!key || isOpaqueKey(key)) return;
  const identity = await identities.fromApiKey(key).catch(() => null);
  if (!identity || identity.role === 'authenticated') return;
  headers.set('apikey', identity.role === 'service_role' ? keys.secretKey : keys.publishableKey);
  if (headers.get('authorization') === `Bearer ${key}`) headers.delete('authorization');
}

/** Whose password is tried, as lite reads and compares the address; undefined for a refresh. */
function addressIn(body: Buffer): string | undefined {
  try {
    const { email } = JSON.parse(new TextDecoder().decode(body)) as { email?: unknown };
    return typeof email === 'string' ? email.toLowerCase().slice(0, MAX_ADDRESS) : undefined;
  } catch {
    return undefined;
  }
}

/** True when lite will take the key, which it looks for in this order. */
function holdsKey(headers: Headers, url: URL, { identities }: LiteProxyOptions): Promise<boolean> {
  const key = headers.get('apikey') ?? url.searchParams.get('apikey') ?? '';
  return identities.fromApiKey(key).then(
    () => true,
    () => false,
  );
}
