import { acceptRequestId, currentContext, withContext } from './context.ts';

test('contexts nest: the inner one adds to and wins over the outer, and ends with its run', async () => {
  expect(currentContext()).toEqual({});
  await withContext({ requestId: 'r1', queue: 'a' }, async () => {
    await withContext({ taskId: 't1', queue: 'b' }, async () => {
      await Promise.resolve();
      expect(currentContext()).toEqual({ requestId: 'r1', taskId: 't1', queue: 'b' });
    });
    expect(currentContext()).toEqual({ requestId: 'r1', queue: 'a' });
  });
  expect(currentContext()).toEqual({});
});

test('returns what it runs, and lets an error through', () => {
  expect(withContext({ taskId: 't' }, () => 42)).toBe(42);
  expect(() =>
    withContext({}, () => {
      throw new Error('out');
    }),
  ).toThrow('out');
});

test('concurrent runs do not see each other', async () => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((taskId) =>
      withContext({ taskId }, async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return currentContext().taskId;
      }),
    ),
  );
  expect(seen).toEqual(['a', 'b', 'c']);
});

test.each([null, undefined, '', 'short', 'x'.repeat(65), 'new\nline-new', 'with space1'])(
  'replaces the request id %j',
  (offered) => {
    expect(acceptRequestId(offered)).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test('keeps a sound request id', () => {
  expect(acceptRequestId('abcDEF-_12')).toBe('abcDEF-_12');
});
