import { createGroupCommit } from '#lib/db/index';
import { log, redact } from '#lib/observability/index';
import { type NewLogLine, seqPerAttempt, writeLogs } from '#lib/tasks/index';
import { type LogLevel, logLevels } from '#lib/tasks/types';
import type { TaskContext } from '#lib/tasks/define';
import { storable, storableKeys } from '#lib/tasks/storable';
import type { Claimed } from './claim.ts';

const maxLines = 10_000;
const maxBytes = 1024 * 1024;
const maxLineBytes = 16 * 1024;

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

/** Fields as they are kept: redacted, and dropped with a word when they are too large. */
function toFields(fields: Record<string, unknown> | undefined): {
  fields: Record<string, unknown> | null;
  bytes: number;
} {
  if (!fields) return { fields: null, bytes: 0 };
  const text = JSON.stringify(redact(fields), storableKeys);
  if (text.length > maxLineBytes)
    return { fields: { truncated: `${text.length} characters of fields were dropped` }, bytes: 64 };
  return { fields: JSON.parse(text) as Record<string, unknown>, bytes: text.length };
}

/** The log of one attempt: ordered, capped, redacted. The cap is said once, in a line of its own. */
export function createTaskLog(task: Claimed): TaskLog {
  let count = 0;
  let bytes = 0;
  let last: Promise<unknown> = Promise.resolve();

  function write(level: LogLevel, message: string, fields: Record<string, unknown> | null): void {
    count += 1;
    const line = {
      taskId: task.id,
      seq: task.fence * seqPerAttempt + count,
      attempt: task.attempt,
      at: new Date(),
      level,
      message,
      fields,
    };
    last = lines.add(line).catch((error: unknown) => log.warn('A line of a task log could not be kept', { error }));
  }

  function add(level: LogLevel, message: string, fields?: Record<string, unknown>): void {
    if (count >= maxLines || bytes >= maxBytes) return;
    const kept = toFields(fields);
    const text = storable(String(redact(String(message))).slice(0, maxLineBytes));
    bytes += text.length + kept.bytes;
    write(level, text, kept.fields);
    if (count === maxLines - 1 || bytes >= maxBytes) {
      count = maxLines - 1;
      write('warn', 'This attempt has reached the limit of its log; further lines are not kept.', null);
    }
  }

  return {
    log: Object.fromEntries(
      logLevels.map((level) => [
        level,
        (message: string, fields?: Record<string, unknown>) => add(level, message, fields),
      ]),
    ) as TaskContext['log'],
    flush: async () => {
      await last;
    },
  };
}
