import { db } from '#lib/db/index';
import { lastRunMs } from '#lib/search/index';
import type { TaskFilter } from './filter.ts';
import { findTasks } from './find.ts';
import { idAt } from '../id-at.ts';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import type { StoredError, TaskSummary } from '../types.ts';

/** Tasks that are in memory at once: a payload and a result may have 256 KB each. */
const perRead = 100;
const patienceMs = 1_000;

/** A task as it is exported. */
export type ExportedTask = TaskSummary & {
  tags: string[];
  workerId: string | null;
  submittedBy: string;
  /** Milliseconds of the last run; null when it has ended none. */
  runMs: number | null;
  payload: unknown;
  result: unknown;
  error: StoredError | null;
  metadata: Record<string, unknown> | null;
};

type Row = SummaryRow & Omit<ExportedTask, keyof TaskSummary>;

/**
 * All tasks that fit, newest first, read a hundred at a time as they are asked for. Those that are made meanwhile are left out.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export async function* exportTasks(filter: TaskFilter): AsyncGenerator<ExportedTask[]> {
  let from: string | null = idAt(new Date(Date.now() + 60_000));
  while (from !== null) {
    const { ids, next }: { ids: string[]; next: string | null } = await findTasks(
      filter,
      { order: 'desc', from, limit: perRead },
      patienceMs,
    );
    from = next;
    const rows = await db()<Row[]>`
      select ${summaryColumns()}, tags, worker_id as "workerId", submitted_by as "submittedBy", ${lastRunMs()} as "runMs",
        payload, result, error, metadata
      from tasks where id = any(${ids}::uuid[]) order by id desc`;
    yield rows.map(({ tags, workerId, submittedBy, runMs, payload, result, error, metadata, ...row }) => ({
      ...toSummary(row),
      tags,
      workerId,
      submittedBy,
      runMs,
      payload,
      result,
      error,
      metadata,
    }));
  }
}
