import { toApiError, unreachable } from './problem.ts';

type RequestOptions = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** A read that hangs would hold up every refetch after it. A write is never given up: nobody would know whether it was done. */
const readLimitMs = 30_000;

/** Calls the same-origin API. @throws ApiError for every refusal and when the server cannot be reached. */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = 'GET', body, headers, signal } = options;
  const isForm = body instanceof FormData;
  const limit = method === 'GET' ? [AbortSignal.timeout(readLimitMs)] : [];
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    signal: AbortSignal.any(signal ? [signal, ...limit] : limit),
    cache: 'no-store',
  }).catch(refuse);
  if (!response.ok) throw await toApiError(response);
  return (response.status === 204 ? undefined : await response.json().catch(refuse)) as Answer;
}

/** An abort by the caller stays one; whatever else keeps an answer from coming is one thing to a person. */
function refuse(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw unreachable();
}
