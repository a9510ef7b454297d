import { summary } from '../testing/factories.ts';
import { filterHref, matchesFilter, parseFilter } from './filter.ts';

it('reads back what it wrote', () => {
  const filter = { state: 'failed', definition: 'a b&c', queue: 'slow' } as const;
  expect(parseFilter(new URL(filterHref(filter), 'http://x').searchParams)).toEqual(filter);
});

it('leaves out a state that it does not know', () => {
  expect(parseFilter(new URLSearchParams('state=<script>')).state).toBeNull();
});

it('has a bare address without a filter', () => {
  expect(filterHref({})).toBe('/tasks');
});

it('matches by state, type and queue together', () => {
  const task = summary({ state: 'failed', queue: 'slow' });
  expect(matchesFilter(task, { state: 'failed', definition: null, queue: 'slow' })).toBe(true);
  expect(matchesFilter(task, { state: 'failed', definition: 'other', queue: 'slow' })).toBe(false);
});
