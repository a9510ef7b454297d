import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineTask } from '#lib/tasks/define';

export default defineTask({
  name: 'flakyReport',
  title: 'Flaky report (demo)',
  description:
    'Fails on purpose: its first attempts end in an error half way, then one succeeds. It shows retries, progress and live logs.',
  payload: z.strictObject({
    failures: z.int().min(0).max(10).default(2).meta({
      title: 'Failures',
      description: 'How many attempts fail. From 5 on all do, and the task ends as a dead letter.',
    }),
    steps: z
      .int()
      .min(1)
      .max(100)
      .default(5)
      .meta({ title: 'Steps', description: 'Parts of the report; each moves the progress bar.' }),
    stepMs: z.int().min(0).max(5_000).default(300).meta({ title: 'Time a step', description: 'Milliseconds.' }),
  }),
  example: { failures: 2, steps: 5, stepMs: 300 },
  retry: { attempts: 5, backoff: { type: 'exponential', delay: 1_000, max: 10_000, jitter: true } },
  // 100 steps of 5 seconds, and some air.
  timeout: 600_000,

  async run({ failures, steps, stepMs }, task) {
    const failsAfter = task.attempt <= failures ? Math.ceil(steps / 2) : Infinity;
    task.log.info(`attempt ${task.attempt} begins`, { willFail: failsAfter <= steps });
    for (let step = 1; step <= steps; step += 1) {
      await sleep(stepMs, undefined, { signal: task.signal });
      task.progress({ done: step, total: steps, message: `Part ${step} of ${steps}` });
      if (step === failsAfter) {
        task.log.warn('the connection to the figures was lost', { step });
        throw new Error(`Attempt ${task.attempt} failed at part ${step} of ${steps}, as it was asked to.`);
      }
      task.log.debug(`part ${step} is written`);
    }
    task.log.info('the report is complete');
    return {
      parts: steps,
      attempts: task.attempt,
      summary: `${steps} parts, ${task.attempt - 1} failed attempts before this one`,
    };
  },
});
