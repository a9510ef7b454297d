import { runTask, startTask } from '#workers/testkit/index';
import flakyReport from './flaky-report.ts';

const payload = { failures: 2, steps: 5, stepMs: 0 };

test('fails half way as often as it is asked to, then completes', async () => {
  const { state, result, attempts, logs } = await runTask(flakyReport, payload);
  expect(state).toBe('completed');
  expect(result).toMatchObject({ parts: 5, attempts: 3 });
  expect(attempts.map(({ error }) => error?.message)).toEqual([
    'Attempt 1 failed at part 3 of 5, as it was asked to.',
    'Attempt 2 failed at part 3 of 5, as it was asked to.',
    undefined,
  ]);
  expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(2);
});

test('shows the progress of each attempt', async () => {
  const { progress } = await runTask(flakyReport, payload);
  expect(progress.map(({ done }) => done)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5]);
  expect(progress.at(-1)).toMatchObject({ fraction: 1, message: 'Part 5 of 5' });
});

test('ends as a dead letter when all its attempts fail', async () => {
  const { state, attempts } = await runTask(flakyReport, { failures: 10, steps: 1, stepMs: 0 });
  expect(state).toBe('failed');
  expect(attempts).toHaveLength(5);
});

test('a cancel ends the wait', async () => {
  const task = startTask(flakyReport, { failures: 0, steps: 1, stepMs: 5000 });
  task.cancel();
  expect(await task.ended).toMatchObject({ state: 'cancelled', attempts: [{ ignoredSignal: false }] });
});
