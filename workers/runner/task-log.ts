import { createGroupCommit } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { type NewLogLine, seqPerAttempt, writeLogs } from '#lib/tasks/index';
import type { TaskContext } from '#lib/tasks/define';
import { createCappedLog, type WriteLine } from './capped-log.ts';
import type { Claimed } from './claim.ts';

const lines = createGroupCommit<NewLogLine, void>({
  op: 'log',
  write: async (batch) => {
    await writeLogs(batch);
    return batch.map(() => undefined);
  },
});

export type TaskLog = {
  log: TaskContext['log'];
  /** Resolves when every line so far is in the database, or was given up. */
  flush(): Promise<void>;
};

/** The log of one attempt: ordered, capped, redacted. `heard` is told of every line. */
export function createTaskLog(task: Claimed, heard?: () => void): TaskLog {
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  const write: WriteLine = (level, message, fields) => {
    count += 1;
    const seq = task.fence * seqPerAttempt + count;
    const line = { taskId: task.id, seq, attempt: task.attempt, at: new Date(), level, message, fields };
    last = lines.add(line).catch((error: unknown) => log.warn('A line of a task log could not be kept', { error }));
  };
  return {
    log: createCappedLog(write, heard),
    flush: async () => {
      await last;
    },
  };
}
