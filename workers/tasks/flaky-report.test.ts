import flakyReport from './flaky-report.ts';
import { recordedTask } from './testing/context.ts';

const payload = { failures: 2, steps: 5, stepMs: 0 };

test.each([1, 2])('attempt %i of two that shall fail fails half way', async (attempt) => {
  const { task, progress, logs } = recordedTask({ attempt });
  await expect(flakyReport.run(payload, task)).rejects.toThrow(`Attempt ${attempt} failed at part 3 of 5`);
  expect(progress.at(-1)).toEqual({ done: 3, total: 5, message: 'Part 3 of 5' });
  expect(logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('the next one succeeds, with all its progress', async () => {
  const { task, progress } = recordedTask({ attempt: 3 });
  await expect(flakyReport.run(payload, task)).resolves.toMatchObject({ parts: 5, attempts: 3 });
  expect(progress).toHaveLength(5);
});

test('a report of one step can fail too', async () => {
  await expect(flakyReport.run({ failures: 1, steps: 1, stepMs: 0 }, recordedTask().task)).rejects.toThrow(
    'part 1 of 1',
  );
});

test('a cancel ends the wait', async () => {
  const { task, abort } = recordedTask();
  const running = flakyReport.run({ failures: 0, steps: 1, stepMs: 5000 }, task);
  abort();
  await expect(running).rejects.toThrow();
});
