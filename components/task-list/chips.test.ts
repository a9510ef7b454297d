import { formatUtc } from '../time/format.ts';
import { chipsOf } from './chips.ts';

const texts = (filter: Parameters<typeof chipsOf>[0]) =>
  chipsOf(filter, formatUtc).map(({ name, value }) => `${name}: ${value}`);

it('has a chip for each value', () => {
  expect(texts({ state: 'failed,cancelled', queue: 'mail' })).toEqual([
    'State: failed',
    'State: cancelled',
    'Queue: mail',
  ]);
});

it('says lengths of time and flags in words', () => {
  expect(texts({ runMin: '90000', dismissed: 'false', includeArchived: 'true' })).toEqual([
    'Ran at least: 1\u00a0m\u00a030\u00a0s',
    'Dismissed: left out',
    'Archived: shown too',
  ]);
});

it('says of which error a fingerprint is, where that is known', () => {
  const filter = { fingerprint: '021c5f0000000000' };
  expect(chipsOf(filter, formatUtc, 'It broke.\u202e')[0]?.value).toBe('It broke.\\u202e');
  expect(chipsOf(filter, formatUtc, null)[0]?.value).toBe(filter.fingerprint);
});

it('writes times as it is told, and what is no time as it is', () => {
  expect(texts({ createdAfter: '2026-11-21T10:00:00Z', createdBefore: 'soon' })).toEqual([
    'Created from: 2026-11-21 10:00:00 UTC',
    'Created before: soon',
  ]);
});

it('knows the filter without each', () => {
  const filter = { state: 'failed,cancelled', queue: 'mail', sort: 'created' };
  expect(chipsOf(filter, formatUtc).map(({ without }) => without)).toEqual([
    { state: 'cancelled', queue: 'mail', sort: 'created' },
    { state: 'failed', queue: 'mail', sort: 'created' },
    { state: 'failed,cancelled', sort: 'created' },
  ]);
});

it('leaves the search and the order to their own places', () => {
  expect(chipsOf({ q: 'word', sort: 'created' }, formatUtc)).toEqual([]);
});
