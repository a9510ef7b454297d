import fc from 'fast-check';
import { submitSchema } from '../../lib/tasks/submit/submit-schema.ts';
import { definition } from '../testing/factories.ts';
import { optionErrors } from './option-errors.ts';
import { defaultOptions, fromSubmitOptions, type Options, toSubmitInput } from './options.ts';

const type = definition();
const sent = (over: Partial<Options>) => toSubmitInput(type, {}, { ...defaultOptions, ...over });
const wrong = (over: Partial<Options>) => optionErrors({ ...defaultOptions, ...over }).map(({ pointer }) => pointer);
const id = '0193e8a0-0000-7000-8000-000000000000';

it('sends nothing that the type already says', () => {
  expect(toSubmitInput(type, { message: 'x' }, { ...defaultOptions, queue: 'default' })).toEqual({
    definition: 'sendMessage',
    payload: { message: 'x' },
  });
});

it('sends a delay in milliseconds', () => {
  expect(sent({ when: 'delay', delay: { amount: '1.5', unit: 'hours' } })).toMatchObject({ delayMs: 5_400_000 });
});

it('sends a date in universal time', () => {
  expect(sent({ when: 'date', date: '2026-12-01T10:00' }).runAt).toMatch(/^2026-1[12]-\d\dT\d\d:\d\d:00\.000Z$/);
});

it('sends no time with a debounce, which sets it', () => {
  expect(sent({ when: 'delay', repeats: 'debounce', repeatKey: 'k' })).toEqual({
    definition: 'sendMessage',
    payload: {},
    debounce: { key: 'k', delayMs: 30_000 },
  });
});

it('takes tags and ids apart as people write them', () => {
  expect(sent({ tags: ' a, b ,,a', dependsOn: `${id}\n ${id}` })).toMatchObject({ tags: ['a', 'b'], dependsOn: [id] });
});

it.each<[Partial<Options>, string]>([
  [{ priority: '101' }, '/priority'],
  [{ priority: '-101' }, '/priority'],
  [{ priority: '1.5' }, '/priority'],
  [{ priority: 'x' }, '/priority'],
  [{ when: 'delay', delay: { amount: '', unit: 'days' } }, '/delayMs'],
  [{ when: 'delay', delay: { amount: '-1', unit: 'days' } }, '/delayMs'],
  [{ when: 'delay', delay: { amount: '367', unit: 'days' } }, '/delayMs'],
  [{ when: 'date', date: '' }, '/runAt'],
  [{ ttl: { amount: '0', unit: 'days' } }, '/ttlMs'],
  [{ attempts: '0' }, '/attempts'],
  [{ pause: { amount: '2', unit: 'days' } }, '/backoff/delay'],
  [{ timeout: { amount: '99', unit: 'milliseconds' } }, '/timeoutMs'],
  [{ repeats: 'unique' }, '/unique/key'],
  [{ repeats: 'debounce', repeatKey: 'k', quietFor: { amount: '', unit: 'seconds' } }, '/debounce/delayMs'],
  [{ repeats: 'debounce', repeatKey: 'k', when: 'delay' }, '/debounce'],
  [{ supersedeKey: 'x'.repeat(257) }, '/supersede/key'],
  [{ concurrencyKey: 'sync:x' }, '/concurrency/key'],
  [{ concurrencyLimit: '2' }, '/concurrency/key'],
  [{ concurrencyKey: 'k', mode: 'sync' }, '/concurrency'],
  [{ dependsOn: 'x' }, '/dependsOn'],
  [{ tags: 'x'.repeat(65) }, '/tags'],
  [{ metadata: '{' }, '/metadata'],
  [{ metadata: '[]' }, '/metadata'],
])('refuses %j', (over, pointer) => {
  expect(wrong(over)).toEqual([pointer]);
});

describe('every request', () => {
  const ms = fc.integer({ min: 100, max: 86_400_000 });
  const key = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && text !== '' && !text.startsWith('sync:'));
  const word = fc.stringMatching(/^[a-z]{1,10}$/);
  const optional = { requiredKeys: [] };
  const requests = fc
    .record(
      {
        queue: word,
        priority: fc.integer({ min: -100, max: 100 }),
        delayMs: ms,
        ttlMs: ms,
        attempts: fc.integer({ min: 1, max: 100 }),
        backoff: fc.record(
          { type: fc.constantFrom('fixed', 'exponential'), delay: ms, max: ms, jitter: fc.boolean() },
          { requiredKeys: ['delay'] },
        ),
        timeoutMs: ms,
        unique: fc.record({ key, windowMs: ms }, { requiredKeys: ['key'] }),
        supersede: fc.record({ key, running: fc.constant(true) }, { requiredKeys: ['key'] }),
        concurrency: fc.record({ key, limit: fc.integer({ min: 1, max: 10_000 }) }, { requiredKeys: ['key'] }),
        dependsOn: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 }),
        onDependencyFailure: fc.constant('run' as const),
        tags: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
        correlationId: word,
        metadata: fc.dictionary(word, fc.integer(), { minKeys: 1 }),
      },
      optional,
    )
    .map((options) => ({ definition: 'sendMessage', payload: {}, ...options }));

  it('comes out of the fields as it went in, and is one that the API takes', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { definition: _, payload: __, ...options } = request;
        const fields = fromSubmitOptions(options as Parameters<typeof fromSubmitOptions>[0]);
        expect(optionErrors(fields)).toEqual([]);
        const again = toSubmitInput({ name: 'sendMessage', queue: 'default-queue' }, {}, fields);
        expect(again).toEqual(request);
        expect(submitSchema.safeParse(again).error?.issues ?? []).toEqual([]);
      }),
    );
  });
});
