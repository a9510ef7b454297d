import type { IncomingMessage } from 'node:http';
import { parseAllowList } from './allow-list.ts';
import type { AllowList } from './allow-list.ts';
import { GuardedFetchError, networkError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Outgoing } from './exchange.ts';
import { readBody } from './read-body.ts';
import { redirectOf } from './redirect.ts';
import { headerProblem } from './request-headers.ts';
import { checkTarget, resolveBySystem } from './target.ts';
import type { Resolve } from './target.ts';
import { unlessAborted } from './unless-aborted.ts';

export type GuardedRequest = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Milliseconds for everything together: DNS, redirects, the body. 10 seconds by default. */
  timeoutMs?: number;
  /** Decompressed bytes of the answer's body; 64 KB by default. */
  maxBytes?: number;
  /** What happens above `maxBytes`: `too_large` is thrown (the default), or the rest is left unread. */
  overflow?: 'error' | 'truncate';
  /** Plain http too; https only by default. */
  allowHttp?: boolean;
  /** Redirects to follow, each checked like the first URL. 0 by default: the redirect itself is the answer. */
  maxRedirects?: number;
  signal?: AbortSignal;
};

export type GuardedResponse = {
  /** Where the answer came from, after redirects. */
  url: string;
  status: number;
  /** Names in lower case; several values of one name joined by ", ". */
  headers: Record<string, string>;
  body: Buffer;
  /** The body was longer than `maxBytes` and is cut off. */
  truncated: boolean;
  durationMs: number;
};

export type GuardedFetch = (url: string, request?: GuardedRequest) => Promise<GuardedResponse>;

/** What a test or a special client replaces. */
export type GuardedFetchOptions = { resolve?: Resolve; allowed?: AllowList; ca?: string };

/**
 * Makes an HTTP client for URLs that a user chose: it cannot be led into the operator's own network (SSRF).
 * The addresses of a host are checked, and then only these are connected to; so is each redirect. Time and size are bounded.
 *
 * @param options `allowed` is HTTP_ALLOW_PRIVATE by default, `resolve` the system's resolver.
 */
export function createGuardedFetch({ resolve = resolveBySystem, allowed, ca }: GuardedFetchOptions = {}): GuardedFetch {
  return async (url, request = {}) => {
    const means = { resolve, allowed: allowed ?? parseAllowList(process.env.HTTP_ALLOW_PRIVATE), ca };
    const timeoutMs = request.timeoutMs ?? 10_000;
    const deadline = AbortSignal.timeout(timeoutMs);
    // Whatever is still open when an answer or an error is there, such as the body of a redirect, ends with it.
    const finished = new AbortController();
    const signal = AbortSignal.any([deadline, finished.signal, ...(request.signal ? [request.signal] : [])]);
    // Errors name the host only: a path or a query may hold a secret.
    const progress = { host: URL.parse(url)?.host ?? '' };
    try {
      return await follow(url, request, means, signal, progress);
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      if (deadline.aborted)
        throw new GuardedFetchError(
          'timeout',
          `${progress.host} did not answer in full within ${timeoutMs / 1000} s.`,
          error,
        );
      throw networkError(progress.host, error);
    } finally {
      finished.abort();
    }
  };
}

async function follow(
  input: string,
  request: GuardedRequest,
  { resolve, allowed, ca }: { resolve: Resolve; allowed: AllowList; ca: string | undefined },
  signal: AbortSignal,
  progress: { host: string },
): Promise<GuardedResponse> {
  const startedAt = performance.now();
  const { maxRedirects = 0, allowHttp = false, maxBytes = 65_536, overflow = 'error' } = request;
  let url = input;
  let outgoing = toOutgoing(request);
  for (let redirects = 0; ; redirects += 1) {
    // DNS cannot be cancelled; what it says after the deadline is not waited for.
    const target = await unlessAborted(checkTarget(url, { resolve, allowed, allowHttp }), signal);
    progress.host = target.url.host;
    const response = await exchange(target, outgoing, signal, ca);
    const next = maxRedirects > 0 ? redirectOf(response, target.url, outgoing) : null;
    if (!next) {
      const hasBody = outgoing.method !== 'HEAD';
      const { body, truncated } = hasBody ? await readBody(response, target.url.host, { maxBytes, overflow }) : noBody;
      return {
        url: target.url.href,
        status: response.statusCode ?? 0,
        headers: joined(response),
        body,
        truncated,
        durationMs: Math.round(performance.now() - startedAt),
      };
    }
    if (redirects === maxRedirects)
      throw new GuardedFetchError(
        'blocked',
        `${target.url.host} redirected more than ${maxRedirects} times, so it was left.`,
      );
    ({ url, outgoing } = next);
  }
}

const noBody = { body: Buffer.alloc(0), truncated: false };

/**
 * The client that handlers and alerts use; see createGuardedFetch.
 *
 * @throws GuardedFetchError with a reason; the signal's own reason when the caller aborted; Error when HTTP_ALLOW_PRIVATE is
 *   not a list of hosts.
 */
export const guardedFetch: GuardedFetch = createGuardedFetch();

function toOutgoing({ method = 'GET', headers = {}, body }: GuardedRequest): Outgoing {
  for (const [name, value] of Object.entries(headers)) {
    const problem = headerProblem(name, value);
    if (problem) throw new GuardedFetchError('blocked', `The request was not sent: ${problem}.`);
  }
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    headers: { 'user-agent': 'Taskdeck', accept: '*/*', ...lowerCase, 'accept-encoding': 'identity' },
    body,
  };
}

const joined = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
