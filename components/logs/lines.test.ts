import { line } from '../testing/factories.ts';
import { addFetched, addLive, noLines } from './lines.ts';

const loaded = addFetched(noLines, { lines: [line(1), line(2)], next: null });

it('remembers how far the API has confirmed', () => {
  expect(loaded.verifiedTo).toBe(line(2).seq);
});

it('appends a line that was broadcast', () => {
  expect(addLive(loaded, [line(3)])).toMatchObject({ state: { lines: [line(1), line(2), line(3)] }, gap: false });
});

it('shows a line once, however often it comes', () => {
  expect(addLive(loaded, [line(2)]).state.lines).toEqual([line(1), line(2)]);
});

it('notices that a line did not arrive', () => {
  expect(addLive(loaded, [line(4)]).gap).toBe(true);
});

it('takes the first line of the next attempt for no gap', () => {
  expect(addLive(loaded, [line(1_000_001, { attempt: 2 })]).gap).toBe(false);
});

it('fills a gap in its place', () => {
  const { state } = addLive(loaded, [line(4)]);
  const filled = addFetched(state, { lines: [line(3), line(4)], next: null });
  expect(filled.lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4].map((seq) => line(seq).seq));
});

it('leaves live lines to the API while more is to be loaded', () => {
  const partly = addFetched(noLines, { lines: [line(1)], next: line(1).seq });
  expect(addLive(partly, [line(900)]).state).toBe(partly);
});

it('confirms nothing by lines that were only broadcast', () => {
  expect(addLive(loaded, [line(3)]).state.verifiedTo).toBe(line(2).seq);
});
