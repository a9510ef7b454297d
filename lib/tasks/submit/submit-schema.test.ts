import { parseInput } from '#lib/json/index';
import { batchSchema, submitSchema } from './submit-schema.ts';

const id = '0198c0de-0000-7000-8000-000000000001';

test('all that a submit may say', () => {
  const input = {
    definition: 'mail',
    payload: { to: 'x' },
    queue: 'default',
    priority: -100,
    runAt: '2030-01-01T00:00:00+01:00',
    tags: ['a'],
    attempts: 100,
    backoff: { type: 'fixed', max: 5 },
    timeoutMs: 100,
    ttlMs: 1,
    unique: { key: 'k', windowMs: 1 },
    concurrency: { key: 'k', limit: 10_000 },
    mode: 'async',
    supersede: { key: 'k', running: true },
    metadata: { deep: { list: [1, null, 'x'] } },
    correlationId: 'c',
    dependsOn: [id],
    onDependencyFailure: 'run',
  };
  expect(parseInput(submitSchema, input)).toEqual(input);
});

test.each<[string, object]>([
  ['/attempts', { attempts: 101 }],
  ['/backoff/type', { backoff: { type: 'custom' } }],
  ['/timeoutMs', { timeoutMs: 99 }],
  ['/ttlMs', { ttlMs: 0 }],
  ['/unique/key', { unique: { key: '' } }],
  ['/unique/for', { unique: { key: 'k', for: 1 } }],
  ['/debounce/delayMs', { debounce: { key: 'k' } }],
  ['/debounce', { debounce: { key: 'k', delayMs: 1 }, delayMs: 1 }],
  ['/debounce', { debounce: { key: 'k', delayMs: 1 }, runAt: '2030-01-01T00:00:00Z' }],
  ['/debounce', { debounce: { key: 'k', delayMs: 1 }, unique: { key: 'k' } }],
  ['/concurrency/key', { concurrency: { key: 'sync:other' } }],
  ['/concurrency/limit', { concurrency: { key: 'k', limit: 0 } }],
  ['/concurrency', { concurrency: { key: 'k' }, mode: 'sync' }],
  ['/metadata', { metadata: { text: 'ä'.repeat(4_096) } }],
  ['/metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n])) }],
  ['/metadata', { metadata: [1] }],
  ['/correlationId', { correlationId: 'x'.repeat(129) }],
  ['/dependsOn', { dependsOn: Array.from({ length: 101 }, () => id) }],
  ['/dependsOn', { dependsOn: [id, id] }],
  ['/dependsOn/0', { dependsOn: ['x'] }],
  ['/parentId', { parentId: id }],
])('%s is refused in %j', (pointer, options) => {
  expect(() => parseInput(submitSchema, { definition: 'mail', ...options })).toThrow(
    expect.objectContaining({ fields: expect.arrayContaining([expect.objectContaining({ pointer })]) as unknown }),
  );
});

test('a batch has 1 to 1,000 tasks', () => {
  const batch = (length: number) => ({ tasks: Array.from({ length }, () => ({ definition: 'mail' })) });
  expect(batchSchema.safeParse(batch(1_000)).success).toBe(true);
  expect(batchSchema.safeParse(batch(1_001)).success).toBe(false);
  expect(batchSchema.safeParse(batch(0)).success).toBe(false);
});
