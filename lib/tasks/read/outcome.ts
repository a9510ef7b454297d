import { db } from '#lib/db/index';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import { terminalStates } from '../state.ts';
import type { StoredError, TaskSummary } from '../types.ts';

/** A task as it is now, with what came of it; result and error are null until it has ended. */
export type TaskOutcome = TaskSummary & { result: unknown; error: StoredError | null };

/** Those of the tasks that exist, in no order, in one statement. */
export async function readOutcomes(ids: string[]): Promise<TaskOutcome[]> {
  const sql = db();
  const ended = sql`tasks.state::text = any(${[...terminalStates]}::text[])`;
  const rows = await sql<(SummaryRow & Pick<TaskOutcome, 'result' | 'error'>)[]>`
    select ${summaryColumns()}, case when ${ended} then result end as result, case when ${ended} then error end as error
    from tasks where id = any(${ids}::uuid[])`;
  return rows.map((row) => ({ ...toSummary(row), result: row.result, error: row.error }));
}
