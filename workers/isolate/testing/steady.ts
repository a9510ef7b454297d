import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { defineTask } from '#lib/tasks/define';

/** An isolated handler that never ends, and says now and then that it goes on, or does not. */
export default defineTask({
  name: 'steady',
  title: 'Steady',
  payload: z.object({ beats: z.boolean() }),
  isolate: { memoryMb: 96 },
  heartbeat: 3_000,
  async run({ beats }, task) {
    for (;;) {
      await delay(50, undefined, { signal: task.signal });
      if (beats) task.heartbeat();
    }
  },
});
