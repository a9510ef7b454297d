import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { failpoint } from '#lib/failpoint';
import { defineTask } from '#lib/tasks/define';
import { record } from '../../ledger.ts';

/** The body of the fault tests: tells the ledger what it does, and returns what proves that it did it with this payload and fence. */
export default defineTask({
  name: 'work',
  title: 'Work',
  payload: z.object({
    /** Milliseconds from start to end. */
    ms: z.int().min(0).max(600_000).default(0),
    data: z.string().max(10_000),
    /** Attempts that throw before one returns. */
    failures: z.int().min(0).max(50).default(0),
    /** Goes on when it is told to stop. */
    deaf: z.boolean().default(false),
  }),
  retry: { attempts: 100, backoff: { type: 'fixed', delay: 50, jitter: false } },
  timeout: 600_000,
  async run({ ms, data, failures, deaf }, task) {
    const entry = { task: task.id, attempt: task.attempt, fence: task.fence };
    const options = deaf ? {} : { signal: task.signal };
    await record({ ...entry, ev: 'start' });
    if (ms > 0) await delay(ms / 2, undefined, options);
    await failpoint('body.mid_effect');
    await record({ ...entry, ev: 'effect' });
    await failpoint('body.after_effect');
    if (ms > 0) await delay(ms / 2, undefined, options);
    if (task.attempt <= failures) {
      await record({ ...entry, ev: 'fail' });
      throw new Error(`attempt ${task.attempt} fails, as its payload says`);
    }
    await record({ ...entry, ev: 'end' });
    return { sha256: createHash('sha256').update(data).digest('hex'), fence: task.fence, pid: process.pid };
  },
});
