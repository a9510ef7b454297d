import { z } from 'zod';
import type { Queryable } from '#lib/db/index';
import { type DefinitionOptions, defineTask, PermanentError, type TaskContext } from '#lib/tasks/define';
import { runTask, startTask } from './index.ts';

const retry = { attempts: 3, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: false } } as const;
const payload = z.strictObject({ name: z.string().max(10), times: z.int().default(2) });
type Options = DefinitionOptions<typeof payload>;

const handler = (run: Options['run'], options: Partial<Options> = {}) =>
  defineTask({ name: 'greet', title: 'Greet', payload, retry, ...options, run });

const untilAborted = (task: TaskContext) =>
  new Promise<never>((_, reject) => task.signal.addEventListener('abort', () => reject(task.signal.reason)));

test('gives the handler its payload with defaults, and the test its result, log and progress', async () => {
  const greet = handler(async ({ name, times }, task) => {
    task.log.info('greeting', { name, password: 'secret' });
    task.progress({ done: 1, total: times, message: 'half way' });
    return { text: `Hello ${name}`.repeat(times), at: new Date(0) };
  });
  const run = await runTask(greet, { name: 'Ada' });
  expect(run).toMatchObject({ state: 'completed', error: null, attempts: [{ attempt: 1, outcome: 'success' }] });
  expect(run.result).toEqual({ text: 'Hello AdaHello Ada', at: '1970-01-01T00:00:00.000Z' });
  expect(run.logs).toMatchObject([{ attempt: 1, level: 'info', message: 'greeting', fields: { name: 'Ada' } }]);
  expect(JSON.stringify(run.logs)).not.toContain('secret');
  expect(run.progress).toEqual([{ fraction: 0.5, done: 1, total: 2, message: 'half way' }]);
});

test('refuses a payload as a submit does, naming the field', async () => {
  const greet = handler(async () => null);
  await expect(runTask(greet, { name: 7 })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/payload/name' }],
  });
});

test('fails at once by a rule that only the handler knows', async () => {
  const strict = defineTask({
    name: 'strict',
    title: 'Strict',
    payload: z.strictObject({ from: z.int(), to: z.int() }).refine(({ from, to }) => from < to, 'from is after to'),
    retry,
    run: async () => null,
  });
  const run = await runTask(strict, { from: 2, to: 1 });
  expect(run).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('from is after to') } });
});

test('tries again with the waits of the policy, in no time', async () => {
  const greet = handler(async ({ name }, task) => {
    if (task.attempt < 3) throw new Error(`attempt ${task.attempt}`);
    return name;
  });
  const run = await runTask(greet, { name: 'Ada' });
  expect(run.state).toBe('completed');
  expect(run.attempts.map(({ outcome, waitedMs }) => [outcome, waitedMs])).toEqual([
    ['failure', 1_000],
    ['failure', 2_000],
    ['success', 0],
  ]);
});

test('ends as failed when the attempts are used up, with the last error', async () => {
  const run = await runTask(
    handler(async (_, task) => Promise.reject(new Error(`attempt ${task.attempt}`))),
    {
      name: 'Ada',
    },
  );
  expect(run).toMatchObject({ state: 'failed', result: null, error: { message: 'attempt 3' } });
  expect(run.attempts).toHaveLength(3);
});

test.each<[string, Partial<Options>, Error]>([
  ['a PermanentError', {}, new PermanentError('never')],
  ['isRetryable', { isRetryable: () => false }, new Error('never')],
])('does not try again what %s calls pointless', async (_what, options, error) => {
  const run = await runTask(
    handler(async () => Promise.reject(error), options),
    { name: 'Ada' },
  );
  expect(run).toMatchObject({ state: 'failed', error: { retryable: false }, attempts: [{ outcome: 'failure' }] });
});

test('charges no attempt for a wait that the other side asked for', async () => {
  const fences: number[] = [];
  const greet = handler(
    async (_, task) => {
      fences.push(task.fence);
      if (fences.length < 3) throw new Error('too many requests');
      return task.attempt;
    },
    { isRateLimited: () => 7_000 },
  );
  const run = await runTask(greet, { name: 'Ada' });
  expect(run).toMatchObject({ state: 'completed', result: 1 });
  expect(run.attempts.map(({ attempt, outcome, waitedMs }) => [attempt, outcome, waitedMs])).toEqual([
    [1, 'rate_limited', 7_000],
    [1, 'rate_limited', 7_000],
    [1, 'success', 0],
  ]);
  expect(fences).toEqual([1, 2, 3]);
});

test('tells onError of each failure, and whether another attempt follows', async () => {
  const told: boolean[] = [];
  const failing = handler(async () => Promise.reject(new Error('no')), {
    onError: (_, { willRetry }) => void told.push(willRetry),
  });
  await runTask(failing, { name: 'Ada' });
  expect(told).toEqual([true, true, false]);
});

test('ends an attempt at its time limit when the test lets the time pass', async () => {
  const task = startTask(
    handler(async (_, task) => untilAborted(task), { timeout: 30_000 }),
    { name: 'Ada' },
  );
  await task.clock.advance(29_999);
  await task.clock.advance(1);
  // Over the wait of a second, up to just before the second attempt's limit, then over all that is left.
  await task.clock.advance(29_999);
  expect(task.clock.now()).toBe(60_999);
  await task.clock.advance(60_000);
  const run = await task.ended;
  expect(run.state).toBe('failed');
  expect(run.attempts.map(({ outcome, ignoredSignal }) => [outcome, ignoredSignal])).toEqual([
    ['timeout', false],
    ['timeout', false],
    ['timeout', false],
  ]);
});

test('ends an attempt that gives no sign of life, and none that does', async () => {
  const silent = handler(async (_, task) => untilAborted(task), { heartbeat: 5_000, retry: { attempts: 1 } });
  const task = startTask(silent, { name: 'Ada' });
  await task.clock.advance(5_000);
  expect(await task.ended).toMatchObject({
    state: 'failed',
    error: { message: expect.stringContaining('sign of life') },
  });

  let beat = (): void => undefined;
  let finish = (): void => undefined;
  const lively = handler(
    async (_, task) => {
      beat = () => task.heartbeat();
      await new Promise<void>((resolve) => (finish = resolve));
    },
    { heartbeat: 5_000 },
  );
  const other = startTask(lively, { name: 'Ada' });
  await other.clock.advance(4_000);
  beat();
  await other.clock.advance(4_000);
  finish();
  expect(await other.ended).toMatchObject({ state: 'completed' });
});

test('cancels a handler that runs, by its signal', async () => {
  const run = await runTask(
    handler(async (_, task) => untilAborted(task)),
    { name: 'Ada' },
    { cancelAfter: 100 },
  );
  expect(run).toMatchObject({ state: 'cancelled', attempts: [{ outcome: 'cancelled', ignoredSignal: false }] });
});

test('cancels a task between two attempts', async () => {
  const run = await runTask(
    handler(async () => Promise.reject(new Error('no'))),
    { name: 'Ada' },
    { cancelAfter: 500 },
  );
  expect(run).toMatchObject({ state: 'cancelled', attempts: [{ outcome: 'failure', waitedMs: 1_000 }] });
});

test('says when a handler does not heed its signal', async () => {
  const deaf = handler(async () => new Promise(() => undefined));
  const run = await runTask(deaf, { name: 'Ada' }, { cancelAfter: 0 });
  expect(run).toMatchObject({ state: 'cancelled', attempts: [{ ignoredSignal: true }] });
});

test('keeps each child task once, however often the body runs', async () => {
  const parent = handler(async ({ name }, task) => {
    const first = await task.emit('child', { name }, { priority: 5 });
    const second = await task.emit('child', { name }, { key: 'other' });
    if (task.attempt === 1) throw new Error('after the emits');
    return [first.id, second.id];
  });
  const run = await runTask(parent, { name: 'Ada' });
  expect(run.emitted).toMatchObject([
    { name: 'child', payload: { name: 'Ada' }, options: { priority: 5 } },
    { name: 'child', payload: { name: 'Ada' }, options: {} },
  ]);
  expect(run.result).toEqual(run.emitted.map(({ id }) => id));
});

test('completes with the effect, whatever the body does then', async () => {
  const statements: string[] = [];
  const sql = (async (parts: TemplateStringsArray) => statements.push(parts.join('?'))) as unknown as Queryable;
  const transfer = handler(async (_, task) => {
    await task.complete(async (tx) => {
      await tx`insert into ledger values (${task.fence})`;
      return { booked: true };
    });
    throw new Error('too late');
  });
  expect(await runTask(transfer, { name: 'Ada' }, { sql })).toMatchObject({
    state: 'completed',
    result: { booked: true },
  });
  expect(statements).toEqual(['insert into ledger values (?)']);
});

test('gives the handler what the submitter said beside the payload', async () => {
  const curious = handler(async (_, { id, idempotencyKey, metadata, correlationId }) => ({
    same: id === idempotencyKey,
    metadata,
    correlationId,
  }));
  const { result } = await runTask(curious, { name: 'Ada' }, { metadata: { tenant: 't1' }, correlationId: 'c1' });
  expect(result).toEqual({ same: true, metadata: { tenant: 't1' }, correlationId: 'c1' });
});
