import fc from 'fast-check';
import type { TaskGraph } from '#lib/tasks/types';
import { layoutGraph, nodeHeight, nodeWidth } from './graph-layout.ts';

const node = (id: string): TaskGraph['nodes'][number] => ({
  id,
  definition: 'x',
  state: 'pending',
  relation: 'child',
  createdAt: '',
});
const edge = (from: string, to: string): TaskGraph['edges'][number] => ({ from, to, kind: 'dependency' });

const layout = (ids: string, ...edges: [string, string][]) =>
  layoutGraph({ nodes: [...ids].map(node), edges: edges.map(([from, to]) => edge(from, to)) });

it('puts one task in the corner', () => {
  expect(layout('a')).toEqual({ places: new Map([['a', { x: 0, y: 0 }]]), width: nodeWidth, height: nodeHeight });
});

it('puts a task to the right of all that it waits for', () => {
  const { places } = layout('abcd', ['a', 'b'], ['b', 'c'], ['a', 'c'], ['c', 'd']);
  const xs = [...'abcd'].map((id) => places.get(id)?.x ?? NaN);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(new Set(xs).size).toBe(4);
});

it('unties edges that would cross', () => {
  const { places } = layout('abxy', ['a', 'y'], ['b', 'x']);
  const y = (id: string) => places.get(id)?.y ?? NaN;
  expect(Math.sign(y('a') - y('b'))).toBe(Math.sign(y('y') - y('x')));
});

it('survives a cycle', () => {
  expect(layout('ab', ['a', 'b'], ['b', 'a']).places.size).toBe(2);
});

it('never puts two tasks into one place, and all within its size', () => {
  const graph = fc.integer({ min: 1, max: 30 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
    }),
  );
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const { places, width, height } = layoutGraph({
        nodes: Array.from({ length: count }, (_, index) => node(String(index))),
        edges: edges.filter(([from, to]) => from < to).map(([from, to]) => edge(String(from), String(to))),
      });
      const seen = [...places.values()];
      expect(seen).toHaveLength(count);
      expect(new Set(seen.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
      for (const { x, y } of seen) {
        expect(x + nodeWidth).toBeLessThanOrEqual(width);
        expect(y + nodeHeight).toBeLessThanOrEqual(height);
      }
    }),
  );
});
