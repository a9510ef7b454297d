import { line } from '../testing/factories.ts';
import { addFetched, addLive, byRun, narrow, noLines } from './lines.ts';

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

it('takes the first line after a redrive for no gap, though the attempts have one number', () => {
  expect(addLive(loaded, [line(1_000_001)]).gap).toBe(false);
});

it('narrows by level and by text in message or fields', () => {
  const lines = [
    line(1, { message: 'Sending' }),
    line(2, { level: 'error', message: 'refused', fields: { to: 'ada', tries: 3 } }),
    line(3, { level: 'warn', message: 'slow' }),
  ];
  const found = (...args: ['debug' | 'warn', string]) => narrow(lines, ...args).map(({ message }) => message);
  expect(found('warn', '')).toEqual(['refused', 'slow']);
  expect(found('debug', 'SEND')).toEqual(['Sending']);
  expect(found('debug', 'to=ada')).toEqual(['refused']);
  expect(found('debug', 'tries=3')).toEqual(['refused']);
  expect(narrow(lines, 'debug', '')).toBe(lines);
});

it('keeps the lines of each execution together', () => {
  const groups = byRun([line(1), line(2), line(1_000_001), line(2_000_001, { attempt: 2 })]);
  expect(groups.map(({ attempt, lines }) => [attempt, lines.length])).toEqual([
    [1, 2],
    [1, 1],
    [2, 1],
  ]);
});
