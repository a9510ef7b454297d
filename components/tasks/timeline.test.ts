import { at, attempt } from '../testing/factories.ts';
import { timelineSegments, totals } from './timeline.ts';

const now = Date.parse(at(100));
const shape = (task: Parameters<typeof timelineSegments>[0]) =>
  timelineSegments(task, now).map(({ kind, from, to }) => [kind, (to - from) / 1_000]);

it('shows a task that has not started as waiting', () => {
  expect(shape({ attempts: [], createdAt: at(0), runAt: at(0), finishedAt: null })).toEqual([['waited', 100]]);
});

it('cuts a finished task into waiting and running', () => {
  expect(shape({ attempts: [attempt()], createdAt: at(0), runAt: at(0), finishedAt: at(3) })).toEqual([
    ['waited', 1],
    ['ran', 2],
  ]);
});

it('lets a running attempt grow until now', () => {
  const attempts = [attempt({ outcome: 'running', finishedAt: null })];
  expect(shape({ attempts, createdAt: at(0), runAt: at(0), finishedAt: null })).toEqual([
    ['waited', 1],
    ['ran', 99],
  ]);
});

it('tells backing off from waiting for a worker', () => {
  const attempts = [
    attempt({ outcome: 'failure', readyAt: at(0), startedAt: at(0), finishedAt: at(2) }),
    attempt({ attempt: 2, readyAt: at(10), startedAt: at(11), finishedAt: at(14) }),
  ];
  expect(shape({ attempts, createdAt: at(0), runAt: at(10), finishedAt: at(14) })).toEqual([
    ['ran', 2],
    ['backed off', 8],
    ['waited', 1],
    ['ran', 3],
  ]);
});

it('shows a task between attempts as backing off', () => {
  const attempts = [attempt({ outcome: 'failure', readyAt: at(0), startedAt: at(0), finishedAt: at(90) })];
  expect(shape({ attempts, createdAt: at(0), runAt: at(200), finishedAt: null })).toEqual([
    ['ran', 90],
    ['backed off', 10],
  ]);
});

it('survives clocks that disagree', () => {
  const attempts = [attempt({ startedAt: at(-5), readyAt: at(-6), finishedAt: at(-1) })];
  expect(shape({ attempts, createdAt: at(0), runAt: at(0), finishedAt: at(-1) })).toEqual([]);
});

it('sums each kind', () => {
  const segments = timelineSegments({ attempts: [attempt()], createdAt: at(0), runAt: at(0), finishedAt: at(3) }, now);
  expect(totals(segments)).toEqual({ waited: 1_000, ran: 2_000, 'backed off': 0 });
});
