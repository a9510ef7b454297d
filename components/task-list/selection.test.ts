import { isSelected, nothing, select, selectLoaded } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];
const idsOf = ({ ids }: { ids: ReadonlySet<string> }): string => [...ids].sort().join('');

it('selects a row and deselects it', () => {
  const one = select(nothing, 'b', order, false);
  expect(idsOf(one)).toBe('b');
  expect(idsOf(select(one, 'b', order, false))).toBe('');
});

it.each([
  ['b', 'd', 'bcd'],
  ['d', 'a', 'abcd'],
  ['c', 'c', 'c'],
])('selects from %s as far as %s', (from, to, expected) => {
  expect(idsOf(select(select(nothing, from, order, false), to, order, true))).toBe(expected);
});

it('deselects a range from a row that was deselected', () => {
  const all = selectLoaded(nothing, order);
  const without = select(all, 'b', order, false);
  expect(idsOf(select(without, 'c', order, true))).toBe('ad');
});

it('selects one row when the beginning of the range has gone', () => {
  const one = select(nothing, 'x', order, false);
  expect(idsOf(select(one, 'c', order, true))).toBe('cx');
});

it('selects all loaded rows, and none when they were', () => {
  const all = selectLoaded(select(nothing, 'b', order, false), order);
  expect(idsOf(all)).toBe('abcd');
  expect(selectLoaded(all, order)).toBe(nothing);
});

it('selects a row that is not loaded when all that match are selected', () => {
  expect(isSelected({ ...nothing, all: true }, 'z')).toBe(true);
});

it('leaves the loaded others when one of all that match is taken out', () => {
  expect(select({ ...nothing, all: true }, 'b', order, false)).toMatchObject({ all: false });
  expect(idsOf(select({ ...nothing, all: true }, 'b', order, false))).toBe('acd');
});
