import type { IncomingMessage, ServerResponse } from 'node:http';

/** Any origin may call: keys and tokens travel in headers, never in cookies. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'content-encoding, content-location, content-range, content-type, date, location, server, transfer-encoding, range-unit',
};

/** True for the question that a browser asks before a call from another origin. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Allows what the browser asks for; what a call may do is decided by its key and token. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(204, {
      ...CORS,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '3600',
      vary: 'access-control-request-headers',
    })
    .end();
}

/** Answers with JSON, or with an empty body when `body` is undefined. */
export function answer(response: ServerResponse, status: number, body?: unknown): void {
  if (body === undefined) {
    response.writeHead(status, CORS).end();
    return;
  }
  response
    .writeHead(status, { ...CORS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
