import { createGroupCommit, db } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { publishProgress } from '#lib/realtime/index';
import { toProgress, type TaskContext } from '#lib/tasks/define';
import type { Progress } from '#lib/tasks/types';
import type { Claimed } from './claim.ts';

type Report = { id: string; fence: number; progress: Progress };

const reports = createGroupCommit<Report, void>({
  op: 'progress',
  write: async (batch) => {
    const rows = [...new Map(batch.map((report) => [report.id, report])).values()];
    await db()`
      update tasks t set progress = p.progress
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as p (id uuid, fence integer, progress jsonb)
      where t.id = p.id and t.fence = p.fence and t.state = 'running'`;
    return batch.map(() => undefined);
  },
});

const storeEveryMs = 500;

/** The page sees each step at once; the row keeps the latest, at most twice a second. */
export function createProgress(task: Claimed): { report: TaskContext['progress']; stop(): void } {
  let latest: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;

  function store(): void {
    timer = undefined;
    if (!latest) return;
    const report = { id: task.id, fence: task.fence, progress: latest };
    latest = undefined;
    reports.add(report).catch((error: unknown) => log.debug('Progress could not be kept', { error }));
    timer = setTimeout(store, storeEveryMs);
  }

  return {
    report: (value) => {
      latest = toProgress(value);
      publishProgress(task.id, latest, task.attempt);
      if (!timer) store();
    },
    stop: () => clearTimeout(timer),
  };
}
