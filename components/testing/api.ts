type Call = { method: string; path: string; body: unknown; headers: Headers };
type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
type Handler = (call: Call) => Answer | Promise<Answer>;

/**
 * Answers the API's calls of a component by "METHOD /path" (without the query), newest handlers first looked up by
 * that name; a call that no handler expects fails the test. @returns the calls made so far.
 */
export function answerApi(handlers: Record<string, Handler | Answer>): Call[] {
  const calls: Call[] = [];
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://localhost');
    const text = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : init?.body;
    const call: Call = {
      method: init?.method ?? 'GET',
      path: url.pathname + url.search,
      body: text,
      headers: new Headers(init?.headers),
    };
    calls.push(call);
    const handler = handlers[`${call.method} ${url.pathname}`];
    if (!handler) throw new Error(`unexpected call ${call.method} ${call.path}`);
    const { status = 200, body, headers } = typeof handler === 'function' ? await handler(call) : handler;
    return fakeResponse(status, body, headers);
  };
  return calls;
}

/** jsdom has no Response. */
function fakeResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const response: Pick<Response, 'ok' | 'status' | 'headers' | 'json'> = {
    ok: status >= 200 && status < 300,
    status,
    headers: new Headers(headers),
    json: () => Promise.resolve(body),
  };
  return response as Response;
}
