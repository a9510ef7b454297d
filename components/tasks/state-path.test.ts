import fc from 'fast-check';
import { mayBecome, taskStates } from '#lib/tasks/state';
import { at, attempt, view } from '../testing/factories.ts';
import { statePath, staysByState } from './state-path.ts';

const ms = (seconds: number) => Date.parse(at(seconds));
const told = (...args: Parameters<typeof statePath>) =>
  statePath(...args).map(({ state, from, to }) => [
    state,
    (from - ms(0)) / 1_000,
    to === null ? null : (to - ms(0)) / 1_000,
  ]);

const failed = attempt({ outcome: 'failure', readyAt: at(0), startedAt: at(1), finishedAt: at(3) });

it('is one stay for a task that waits', () => {
  expect(told(view())).toEqual([['pending', 0, null]]);
});

it('shows a start that was put off', () => {
  expect(
    told(
      view({
        state: 'running',
        attempts: [attempt({ outcome: 'running', readyAt: at(60), startedAt: at(61), finishedAt: null })],
      }),
    ),
  ).toEqual([
    ['scheduled', 0, 60],
    ['pending', 60, 61],
    ['running', 61, null],
  ]);
});

it('shows that it waited for other tasks', () => {
  const attempts = [attempt({ readyAt: at(5), startedAt: at(6), finishedAt: at(8) })];
  expect(told(view({ state: 'completed', dependsOn: ['x'], attempts, finishedAt: at(8) }))).toEqual([
    ['blocked', 0, 5],
    ['pending', 5, 6],
    ['running', 6, 8],
    ['completed', 8, null],
  ]);
});

it('goes through retrying from one attempt to the next', () => {
  const second = attempt({ attempt: 2, run: 2, readyAt: at(10), startedAt: at(11), finishedAt: at(12) });
  expect(
    told(view({ state: 'completed', attempt: 2, attempts: [failed, second], finishedAt: at(12) })).map(
      ([state]) => state,
    ),
  ).toEqual(['pending', 'running', 'retrying', 'pending', 'running', 'completed']);
});

it('knows a task that was sent again by the number of its attempt', () => {
  const again = attempt({ run: 2, readyAt: at(100), startedAt: at(101), finishedAt: at(102) });
  expect(told(view({ state: 'completed', attempt: 1, attempts: [failed, again], finishedAt: at(102) }))).toContainEqual(
    ['failed', 3, 100],
  );
});

it('shows one that was sent again and has not started', () => {
  expect(told(view({ state: 'pending', attempt: 0, attempts: [failed], readyAt: at(50) }))).toEqual([
    ['pending', 0, 1],
    ['running', 1, 3],
    ['failed', 3, 50],
    ['pending', 50, null],
  ]);
});

it('shows a cancel between two attempts', () => {
  expect(told(view({ state: 'cancelled', attempt: 1, attempts: [failed], finishedAt: at(9) })).slice(-2)).toEqual([
    ['retrying', 3, 9],
    ['cancelled', 9, null],
  ]);
});

it('cuts pauses out of the wait in which they fell', () => {
  const attempts = [attempt({ readyAt: at(0), startedAt: at(30), finishedAt: at(31) })];
  const path = told(view({ state: 'completed', attempts, finishedAt: at(31) }), [{ from: ms(10), to: ms(20) }]);
  expect(path.slice(0, 3)).toEqual([
    ['pending', 0, 10],
    ['paused', 10, 20],
    ['pending', 20, 30],
  ]);
});

it('ends in the pause of a task that is paused', () => {
  expect(told(view({ state: 'paused', pausedFrom: 'scheduled' }), [{ from: ms(10), to: null }])).toEqual([
    ['scheduled', 0, 10],
    ['paused', 10, null],
  ]);
});

it('ends in the pause also when nobody wrote down since when', () => {
  expect(told(view({ state: 'paused', pausedFrom: 'pending' })).at(-1)).toEqual(['paused', 0, null]);
});

it('sums the stays of each state', () => {
  const second = attempt({
    attempt: 2,
    run: 2,
    readyAt: at(10),
    startedAt: at(11),
    finishedAt: null,
    outcome: 'running',
  });
  const path = statePath(view({ state: 'running', attempt: 2, attempts: [failed, second] }));
  expect(staysByState(path, ms(15))).toEqual([
    { state: 'pending', ms: 2_000, times: 2 },
    { state: 'running', ms: 6_000, times: 2 },
    { state: 'retrying', ms: 7_000, times: 1 },
  ]);
});

it('never runs backwards, and ends in the present state', () => {
  const outcome = fc.constantFrom(
    'success' as const,
    'failure' as const,
    'timeout' as const,
    'cancelled' as const,
    'lost' as const,
  );
  const made = fc.array(fc.tuple(outcome, fc.integer({ min: 1, max: 3 }), fc.nat(9), fc.nat(9), fc.nat(9)), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(made, fc.constantFrom(...taskStates), fc.boolean(), (runs, state, waits) => {
      let clock = 0;
      const attempts = runs.map(([result, number, ready, started, finished], index) =>
        attempt({
          run: index + 1,
          attempt: number,
          outcome: result,
          readyAt: at((clock += ready)),
          startedAt: at((clock += started)),
          finishedAt: at((clock += finished)),
        }),
      );
      const path = statePath(
        view({ state, attempts, attempt: 1, dependsOn: waits ? ['x'] : [], readyAt: at(clock), finishedAt: at(clock) }),
      );
      expect(path.at(-1)).toMatchObject({ state, to: null });
      for (const [index, stay] of path.entries()) {
        expect(stay.to ?? Infinity).toBeGreaterThanOrEqual(stay.from);
        if (index > 0) expect(path[index - 1]?.to).toBe(stay.from);
      }
    }),
  );
});

it('takes only steps that a task may take', () => {
  const path = statePath(
    view({
      state: 'failed',
      attempt: 2,
      finishedAt: at(12),
      attempts: [
        failed,
        attempt({ attempt: 2, run: 2, outcome: 'timeout', readyAt: at(10), startedAt: at(11), finishedAt: at(12) }),
      ],
    }),
  );
  const steps = path.slice(1).map(({ state }, index) => [path[index]?.state ?? state, state] as const);
  expect(steps.filter(([from, to]) => !mayBecome(from, to))).toEqual([]);
});
