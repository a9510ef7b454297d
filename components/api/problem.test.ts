import { describeError, toApiError } from './problem.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

it('reads problem JSON', async () => {
  const error = await toApiError(
    answer(422, {
      detail: 'Not valid.',
      code: 'invalid',
      hint: 'Look.',
      errors: [{ pointer: '/payload/message', message: 'is required' }],
    }),
  );
  expect(error).toMatchObject({
    message: 'Not valid.',
    code: 'invalid',
    hint: 'Look.',
    fields: [{ pointer: '/payload/message' }],
  });
});

it('makes a sentence of a page that a proxy sent', async () => {
  expect((await toApiError(answer(502, '<html>'))).message).toBe('The server answered 502.');
});

it('reads how long to wait', async () => {
  expect((await toApiError(answer(429, {}, { 'retry-after': '30' }))).retryAfterSeconds).toBe(30);
});

it('never shows the message of an unexpected error', () => {
  expect(describeError(new TypeError('x is undefined')).title).toBe('Something went wrong.');
});
