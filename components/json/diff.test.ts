import { diffJson } from './diff.ts';

it('finds nothing between equal values, whatever the order of their fields', () => {
  expect(diffJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toEqual([]);
});

it('names the place of each change', () => {
  expect(
    diffJson({ user: { name: 'Ada', age: 36 }, tags: ['a'] }, { user: { name: 'Eve' }, tags: ['a', 'b'] }),
  ).toEqual([
    { path: 'user.name', kind: 'changed', before: 'Ada', after: 'Eve' },
    { path: 'user.age', kind: 'removed', before: 36 },
    { path: 'tags.1', kind: 'added', after: 'b' },
  ]);
});

it.each([
  [[1], { 0: 1 }],
  [null, {}],
  ['1', 1],
])('takes %j and %j for different as a whole', (before, after) => {
  expect(diffJson(before, after)).toEqual([{ path: '', kind: 'changed', before, after }]);
});

it('tells a field that is null from one that is not there', () => {
  expect(diffJson({ a: null }, {})).toEqual([{ path: 'a', kind: 'removed', before: null }]);
});

it('bears a very deep value', () => {
  const deep = (end: number): unknown => JSON.parse(`${'['.repeat(2_000)}${end}${']'.repeat(2_000)}`);
  expect(diffJson(deep(1), deep(1))).toEqual([]);
  expect(diffJson(deep(1), deep(2))).toHaveLength(1);
});
