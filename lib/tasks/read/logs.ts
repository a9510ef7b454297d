import { db } from '#lib/db/index';
import { publishLogs } from '#lib/realtime/index';
import { type LogLevel, logLevels, type TaskLogLine } from '../types.ts';

export type NewLogLine = Omit<TaskLogLine, 'at'> & { taskId: string; at: Date };

/** Writes lines; a line that is there already stays as it is, so a write may be repeated. */
export async function writeLogs(lines: NewLogLine[]): Promise<void> {
  const rows = lines.map(({ taskId, ...line }) => ({ ...line, task_id: taskId }));
  await db()`
    insert into task_logs (task_id, seq, attempt, at, level, message, fields)
    select l.task_id, l.seq, l.attempt, l.at, l.level, l.message, l.fields
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as l (
      task_id uuid, seq bigint, attempt integer, at timestamptz, level text, message text, fields jsonb)
    join tasks on tasks.id = l.task_id
    on conflict do nothing`;
  for (const [taskId, group] of Map.groupBy(lines, (line) => line.taskId)) {
    publishLogs(
      taskId,
      group.map(({ seq, attempt, at, level, message, fields }) => ({
        seq,
        attempt,
        at: at.toISOString(),
        level,
        message,
        fields,
      })),
    );
  }
}

/**
 * Lines after `after`, oldest first, of `level` and worse; `next` is null when there are no more now.
 */
export async function listLogs(
  taskId: string,
  { after = 0, limit = 500, level = 'debug' }: { after?: number; limit?: number; level?: LogLevel } = {},
): Promise<{ lines: TaskLogLine[]; next: number | null }> {
  const levels = logLevels.slice(logLevels.indexOf(level));
  const rows = await db()<(Omit<TaskLogLine, 'at' | 'level'> & { at: Date; level: LogLevel })[]>`
    select seq, attempt, at, level, message, fields from task_logs
    where task_id = ${taskId} and seq > ${after} ${levels.length < logLevels.length ? db()`and level = any(${levels})` : db()``}
    order by seq limit ${limit + 1}`;
  const lines = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { lines, next: rows.length > limit ? (lines.at(-1)?.seq ?? null) : null };
}

/** Lines that an export holds in memory at once. */
const exportPage = 1_000;

/** The whole log so far, page by page: however long it is, one page is in memory. */
export async function* exportLogs(taskId: string, level?: LogLevel): AsyncGenerator<TaskLogLine[], void, undefined> {
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof listLogs>> = await listLogs(taskId, {
      after,
      limit: exportPage,
      ...(level && { level }),
    });
    if (page.lines.length > 0) yield page.lines;
    after = page.next;
  }
}
