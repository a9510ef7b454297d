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
    // Locked in the order of ids, as endings are: two batches that share tasks would else deadlock.
    await db()`
      with p as (
        select t.id, p.progress
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as p (id uuid, fence integer, progress jsonb)
        join tasks t on t.id = p.id and t.fence = p.fence and t.state::text = 'running'
        where t.id = any(${rows.map(({ id }) => id)}::uuid[])
        order by t.id for no key update of t
      )
      update tasks t set progress = p.progress from p where t.id = p.id`;
    return batch.map(() => undefined);
  },
});

const storeEveryMs = 500;

export type ProgressReports = {
  report: TaskContext['progress'];
  /** Resolves when the latest is in the row, or was given up. */
  flush(): Promise<void>;
  /** From now on nothing more is reported. */
  stop(): void;
};

/** The page sees each step at once; the row keeps the latest, at most twice a second. */
export function createProgress(task: Claimed): ProgressReports {
  let latest: Progress | undefined;
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function store(): void {
    if (!latest) return;
    const report = { id: task.id, fence: task.fence, progress: latest };
    latest = undefined;
    last = reports.add(report).catch((error: unknown) => log.debug('Progress could not be kept', { error }));
  }

  function storeInTurn(): void {
    timer = latest && setTimeout(storeInTurn, storeEveryMs);
    store();
  }

  return {
    report: (value) => {
      // A body that goes on after its attempt has ended moves nobody's bar.
      if (stopped) return;
      latest = toProgress(value);
      publishProgress(task.id, latest, task.attempt);
      if (!timer) storeInTurn();
    },
    flush: async () => {
      store();
      await last;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
