import { errorStatus, TaskdeckError } from '#lib/errors';
import type { ErrorCode } from '#lib/errors';
import { problem } from './problem.ts';

const codes = Object.keys(errorStatus) as ErrorCode[];

test.each(codes)('%s becomes problem JSON with its own status', async (code) => {
  const response = problem(
    new TaskdeckError(code, 'Said to the caller.', {
      hint: 'Do this.',
      fields: [{ pointer: '/a', message: 'is wrong' }],
    }),
    'request-1',
  );
  expect(response.status).toBe(errorStatus[code]);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({
    type: `urn:taskdeck:error:${code}`,
    title: expect.stringMatching(/\w/),
    status: errorStatus[code],
    detail: 'Said to the caller.',
    code,
    hint: 'Do this.',
    errors: [{ pointer: '/a', message: 'is wrong' }],
    instance: 'request-1',
  });
});

test('what there is nothing to say about is left out', async () => {
  const body: unknown = await problem(new TaskdeckError('not_found', 'No.'), 'request-1').json();
  expect(Object.keys(body as object)).toEqual(['type', 'title', 'status', 'detail', 'code', 'instance']);
});

test('an unknown error is opaque: no message, no stack, no cause', async () => {
  const secret = 'postgres://admin:hunter2@db/app';
  const error = Object.assign(new Error(`select * from x; ${secret}`, { cause: new Error(secret) }), {
    query: secret,
    parameters: [secret],
  });
  const response = problem(error, 'request-1');
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).not.toMatch(/hunter2|select|at .*\.ts/);
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', instance: 'request-1' });
});

test.each([
  undefined,
  null,
  'text',
  { code: 'nothing known' },
  { name: 'TaskdeckError', code: '__proto__' },
  new TaskdeckError('internal', 'x'),
])('whatever was thrown is a 500: %p', (error) => {
  expect(problem(error, 'request-1').status).toBe(500);
});

test.each(['ECONNREFUSED', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', '57P03', '53300', '25006'])(
  'a database that is away (%s) is a 503 with Retry-After',
  (code) => {
    for (const error of [
      Object.assign(new Error('x'), { code }),
      new AggregateError([Object.assign(new Error('x'), { code })]),
    ]) {
      const response = problem(error, 'request-1');
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
    }
  },
);

test('the headers that a status asks for are there', () => {
  expect(problem(new TaskdeckError('unauthenticated', 'x'), 'r').headers.get('www-authenticate')).toBe(
    'Bearer realm="taskdeck"',
  );
  expect(
    problem(new TaskdeckError('rate_limited', 'x', { retryAfterSeconds: 12.2 }), 'r').headers.get('retry-after'),
  ).toBe('13');
});
