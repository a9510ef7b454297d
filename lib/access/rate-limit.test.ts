import { limitRate } from './rate-limit.ts';
import type { Actor } from './types.ts';

let keys = 0;
const key = (rateLimit?: number): Actor => ({
  kind: 'key',
  id: `key-${(keys += 1)}`,
  name: 'ci',
  role: 'operator',
  ...(rateLimit !== undefined && { rateLimit }),
});

test('a key may use up a minute at once, and then one submit for each part of the minute that passes', () => {
  const actor = key(60);
  for (let submit = 0; submit < 60; submit += 1) limitRate(actor, 1, 0);
  expect(() => limitRate(actor, 1, 0)).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 1 }));
  expect(() => limitRate(actor, 1, 1_000)).not.toThrow();
  expect(() => limitRate(actor, 1, 1_000)).toThrow();
});

test('a batch counts each task, and one that is refused counts nothing', () => {
  const actor = key(100);
  limitRate(actor, 90, 0);
  expect(() => limitRate(actor, 20, 0)).toThrow(expect.objectContaining({ retryAfterSeconds: 6 }));
  expect(() => limitRate(actor, 10, 0)).not.toThrow();
});

test('a quiet hour saves nothing up beyond a minute', () => {
  const actor = key(10);
  limitRate(actor, 1, 0);
  limitRate(actor, 10, 3_600_000);
  expect(() => limitRate(actor, 1, 3_600_000)).toThrow();
});

test('a batch larger than the limit is told to be smaller', () => {
  expect(() => limitRate(key(10), 11, 0)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('at most 10') as string }),
  );
});

test('each key has its own limit, and people and keys without one have none', () => {
  limitRate(key(1), 1, 0);
  limitRate(key(1), 1, 0);
  const free = key();
  const person: Actor = { kind: 'user', id: '1', email: 'a@example.com', role: 'operator' };
  expect(() => limitRate(free, 1_000_000, 0)).not.toThrow();
  expect(() => limitRate(person, 1_000_000, 0)).not.toThrow();
});
