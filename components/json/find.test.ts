import { findInJson } from './find.ts';

const deep = (levels: number): unknown => JSON.parse(`${'{"in":'.repeat(levels)}"bottom"${'}'.repeat(levels)}`);

it('finds names and values in the order in which they are shown', () => {
  const { matches } = findInJson({ user: { id: 42, name: 'Ada' }, list: ['x', 'ADA'], ada: null }, 'ada');
  expect(matches.map(({ pointer }) => pointer)).toEqual(['/user/name', '/list/1', '/ada']);
});

it('says what must be open to see a match', () => {
  expect(findInJson({ a: [0, { b: 'x' }] }, 'x').matches).toEqual([
    {
      pointer: '/a/1/b',
      inside: [
        { pointer: '', index: 0 },
        { pointer: '/a', index: 1 },
        { pointer: '/a/1', index: 0 },
      ],
    },
  ]);
});

it('does not take a place in a list for a name', () => {
  expect(findInJson(['a', 'b'], '1').matches).toEqual([]);
});

it('finds numbers and null as they are written', () => {
  expect(findInJson({ a: 1.5, b: null, c: true }, '1.5').matches).toHaveLength(1);
  expect(findInJson({ a: 1.5, b: null, c: true }, 'null').matches).toHaveLength(1);
});

it('bears a very deep value', () => {
  expect(findInJson(deep(5_000), 'bottom').matches[0]?.inside).toHaveLength(5_000);
});

it('stops where there are more than anybody looks at', () => {
  const { matches, more } = findInJson(
    Array.from({ length: 1_000 }, () => 'same'),
    'same',
  );
  expect({ found: matches.length, more }).toEqual({ found: 500, more: true });
});

it('finds nothing for nothing', () => {
  expect(findInJson({ a: 1 }, '')).toEqual({ matches: [], more: false });
});
