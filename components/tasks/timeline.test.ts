import { at, attempt } from '../testing/factories.ts';
import { axisOf, isWaiting, timelineSegments, totals } from './timeline.ts';

const now = Date.parse(at(100));
type Task = Omit<Parameters<typeof timelineSegments>[0], 'readyAt' | 'attempt'> & { runAt: string };
const cut = ({ runAt, ...task }: Task, number = task.attempts.at(-1)?.attempt ?? 0) =>
  timelineSegments({ ...task, readyAt: runAt, attempt: number }, now);
const shape = (...args: Parameters<typeof cut>) =>
  cut(...args).map(({ kind, from, to }) => [kind, (to - from) / 1_000]);

it('shows a task that has not started as waiting', () => {
  expect(shape({ attempts: [], createdAt: at(0), runAt: at(0), finishedAt: null })).toEqual([['waited', 100]]);
});

it.each([
  ['has not started', [], null, true],
  ['runs', [attempt({ outcome: 'running', finishedAt: null })], null, false],
  ['is between two attempts', [attempt({ outcome: 'failure' })], null, true],
  ['has ended', [attempt()], at(3), false],
])('knows whether an attempt is to come of a task that %s', (_, attempts, finishedAt, waiting) => {
  expect(isWaiting({ attempts, finishedAt })).toBe(waiting);
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
  const segments = cut({ attempts: [attempt()], createdAt: at(0), runAt: at(0), finishedAt: at(3) });
  expect(totals(segments)).toEqual({ 'held back': 0, waited: 1_000, ran: 2_000, 'backed off': 0, ended: 0 });
});

it('tells being held back from waiting for a worker', () => {
  const attempts = [attempt({ readyAt: at(60), startedAt: at(61), finishedAt: at(63) })];
  expect(shape({ attempts, createdAt: at(0), runAt: at(60), finishedAt: at(63) })).toEqual([
    ['held back', 60],
    ['waited', 1],
    ['ran', 2],
  ]);
});

const sentAgain = [
  attempt({ outcome: 'failure', readyAt: at(0), startedAt: at(0), finishedAt: at(2) }),
  attempt({ run: 2, readyAt: at(50), startedAt: at(51), finishedAt: at(54) }),
];

it('does not take the time until somebody sent it again for backing off', () => {
  expect(shape({ attempts: sentAgain, createdAt: at(0), runAt: at(50), finishedAt: at(54) })).toEqual([
    ['ran', 2],
    ['ended', 48],
    ['waited', 1],
    ['ran', 3],
  ]);
});

it('shows one that was sent again and has not started', () => {
  const [first] = sentAgain;
  expect(shape({ attempts: first ? [first] : [], createdAt: at(0), runAt: at(90), finishedAt: null }, 0)).toEqual([
    ['ran', 2],
    ['ended', 88],
    ['waited', 10],
  ]);
});

it('leaves out of the axis the times in which nothing could have happened', () => {
  const segments = cut({ attempts: sentAgain, createdAt: at(0), runAt: at(50), finishedAt: at(54) });
  const axis = axisOf(segments);
  expect(axis.span).toBe(6_000);
  const places = segments.filter(({ kind }) => kind !== 'ended').map((segment) => axis.place(segment));
  expect(places).toEqual([
    { at: 0, length: 2 / 6 },
    { at: 2 / 6, length: 1 / 6 },
    { at: 3 / 6, length: 3 / 6 },
  ]);
});
