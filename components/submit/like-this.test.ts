import { definition, view } from '../testing/factories.ts';
import { submitLike } from './like-this.ts';

const like = (over: Parameters<typeof view>[0], defaults: Parameters<typeof definition>[0] = {}) => {
  const { definition: _, payload: __, ...options } = submitLike(view(over), definition(defaults));
  return options;
};

it('says nothing that the definition says', () => {
  expect(submitLike(view(), definition())).toEqual({ definition: 'sendMessage', payload: { message: 'Hello' } });
});

it('says what the task had of its own', () => {
  const retry = { attempts: 3, backoff: { type: 'fixed' as const, delay: 5, max: 5, jitter: false } };
  const own = {
    queue: 'slow',
    priority: 7,
    tags: ['a'],
    metadata: { customer: 1 },
    correlationId: 'c',
    timeoutMs: 5_000,
  };
  expect(like({ ...own, retry, maxAttempts: 3, concurrencyKey: 'k', concurrencyLimit: 2 })).toEqual({
    ...own,
    attempts: 3,
    backoff: retry.backoff,
    concurrency: { key: 'k', limit: 2 },
  });
});

it('leaves out what would make it the same task', () => {
  expect(like({ dependsOn: ['x'], parentId: 'y', state: 'scheduled' })).toEqual({});
});

it('knows the key that a definition gives its tasks', () => {
  expect(like({ concurrencyKey: 'sendMessage', concurrencyLimit: 2 }, { concurrencyLimit: 2 })).toEqual({});
  expect(like({ concurrencyKey: 'sync:sendMessage', concurrencyLimit: 1 }, { mode: 'sync' })).toEqual({});
  expect(like({ concurrencyKey: 'sync:sendMessage', concurrencyLimit: 1 })).toEqual({ mode: 'sync' });
  expect(like({}, { mode: 'sync' })).toEqual({ mode: 'async' });
});
