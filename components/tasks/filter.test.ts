import { summary } from '../testing/factories.ts';
import {
  canJudge,
  filterHref,
  isNarrowed,
  matchesFilter,
  parseFilter,
  toggleValue,
  valuesOf,
  withParts,
} from './filter.ts';

it('reads back what it wrote', () => {
  const filter = {
    q: '"a b" -c',
    state: 'failed,cancelled',
    definition: 'a b&c',
    queue: 'slow',
    metadata: '{"a":"ü"}',
  };
  expect(parseFilter(new URL(filterHref(filter), 'http://x').searchParams)).toEqual(filter);
});

it('leaves out a state that it does not know', () => {
  expect(parseFilter(new URLSearchParams('state=<script>'))).toEqual({});
  expect(parseFilter(new URLSearchParams('state=failed,nonsense'))).toEqual({ state: 'failed' });
});

it('leaves out what is not a filter, and the order that is usual', () => {
  expect(parseFilter(new URLSearchParams('colour=red&sort=-created&queue='))).toEqual({});
});

it('has a bare address without a filter', () => {
  expect(filterHref({})).toBe('/tasks');
  expect(filterHref({ state: null })).toBe('/tasks');
});

it('writes several values so that a person can read them', () => {
  expect(filterHref({ state: 'failed,cancelled' })).toBe('/tasks?state=failed,cancelled');
});

it('puts a value in and takes it out again', () => {
  const two = toggleValue({ queue: 'slow' }, 'queue', 'fast');
  expect(valuesOf(two, 'queue')).toEqual(['slow', 'fast']);
  expect(toggleValue(toggleValue(two, 'queue', 'slow'), 'queue', 'fast')).toEqual({});
});

it('changes some parts and keeps the others', () => {
  expect(withParts({ queue: 'slow', state: 'failed' }, { state: null, tag: 'x' })).toEqual({ queue: 'slow', tag: 'x' });
});

it('is not narrowed by its order alone', () => {
  expect(isNarrowed({ sort: 'created' })).toBe(false);
  expect(isNarrowed({ q: 'x' })).toBe(true);
});

it.each([
  [{}, true],
  [{ state: 'failed', definition: 'a', queue: 'b', createdAfter: '2026-11-21T00:00:00Z' }, true],
  [{ sort: '-created' }, true],
  [{ sort: 'created' }, false],
  [{ q: 'word' }, false],
  [{ tag: 'x' }, false],
  [{ runMin: '5' }, false],
])('knows of %j whether a row tells its match: %s', (filter, expected) => {
  expect(canJudge(filter)).toBe(expected);
});

it('matches by state, type and queue together', () => {
  const task = summary({ state: 'failed', queue: 'slow' });
  expect(matchesFilter(task, { state: 'cancelled,failed', queue: 'slow' })).toBe(true);
  expect(matchesFilter(task, { state: 'failed', definition: 'other', queue: 'slow' })).toBe(false);
});

it('matches by the time of creation, the end left out', () => {
  const task = summary({ createdAt: '2026-11-21T10:00:00.000Z' });
  expect(matchesFilter(task, { createdAfter: '2026-11-21T10:00:00Z' })).toBe(true);
  expect(matchesFilter(task, { createdBefore: '2026-11-21T10:00:00Z' })).toBe(false);
});
