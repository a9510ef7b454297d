import { attempt } from '../testing/factories.ts';
import { roundOf } from './rounds.ts';

const attempts = [
  attempt({ attempt: 1, run: 1 }),
  attempt({ attempt: 2, run: 2 }),
  attempt({ attempt: 1, run: 3 }),
  attempt({ attempt: 1, run: 5 }),
];

it('rises where the numbers of the attempts begin anew', () => {
  expect(attempts.map(({ run }) => roundOf({ attempts, attempt: 1 }, run))).toEqual([1, 1, 2, 3]);
});

it('is told also of an execution that left no attempt', () => {
  expect(roundOf({ attempts, attempt: 1 }, 4)).toBe(3);
});

it.each([
  ['that has not begun', [], 0, 1],
  ['that runs its first attempt', attempts.slice(0, 1), 1, 1],
  ['that goes on to the next attempt', attempts.slice(0, 1), 2, 1],
  ['that was sent again and has not started', attempts.slice(0, 2), 0, 2],
  ['that was sent again and runs', attempts.slice(0, 3), 1, 2],
])('of a task %s', (_, known, number, round) => {
  expect(roundOf({ attempts: known, attempt: number })).toBe(round);
});
