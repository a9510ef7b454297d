import { db } from '#lib/db/index';
import { cancelChannel, createDependencySweep, dispatchDue } from '#lib/tasks/index';
import { terminalStates } from '#lib/tasks/state';
import { reapLost } from '../../workers/maintenance/reaper.ts';
import { type Finding, several } from './finding.ts';

type Found = { n: number; example: string | null };

/** The relay runs five times a second: what has been due for longer than this nobody sends. */
const overdueAfter = '15 seconds';
/** The reaper runs every two seconds. */
const unreapedAfter = '15 seconds';
/** A signal takes milliseconds, and by the beat at most seconds. */
const deafAfter = '1 minute';

const found = (row: Found | undefined, finding: (row: { n: number; example: string }) => Finding): Finding[] =>
  row && row.example !== null ? [finding({ n: row.n, example: row.example })] : [];

/** Tasks that are due in a queue that runs, and that no relay has sent. */
export async function checkOverdue(): Promise<Finding[]> {
  const [row] = await db()<Found[]>`
    select count(*) as n, min(id::text) as example from (
      select t.id from tasks t join queues q on q.name = t.queue
      where t.state = 'pending' and not q.paused and t.dispatch_at < clock_timestamp() - ${overdueAfter}::interval limit 100000) due`;
  return found(row, ({ n, example }) => ({
    problem: `${several(n, 'task', example)} should have been sent to the queue and were not`,
    advice: 'Start a worker: its relay sends them. Above the high-water mark of a queue tasks wait here by intent.',
    repair: async () => {
      let sent = 0;
      for (let now = await dispatchDue(); now > 0; now = await dispatchDue()) sent += now;
      return `sent ${several(sent, 'task')}`;
    },
  }));
}

/** Tasks that run by their row, under a lease that has ended. */
export async function checkLeases(): Promise<Finding[]> {
  const [row] = await db()<Found[]>`
    select count(*) as n, min(id::text) as example from tasks
    where state = 'running' and lease_until < clock_timestamp() - ${unreapedAfter}::interval`;
  return found(row, ({ n, example }) => ({
    problem: `${several(n, 'task', example)} run under a lease that has ended`,
    advice: 'Start a worker: its reaper gives them to others.',
    repair: async () => {
      let ended = 0;
      for (let now = await reapLost(); now > 0; now = await reapLost()) ended += now;
      return `ended ${several(ended, 'lost attempt')}`;
    },
  }));
}

/** Blocked tasks that wait for nothing any more. */
export async function checkBlocked(): Promise<Finding[]> {
  const [row] = await db()<(Found & { blocked: number })[]>`
    select count(*) as n, min(id::text) as example, (select count(*) from tasks where state = 'blocked') as blocked from tasks t
    where state = 'blocked' and not exists (
      select from task_dependencies d join tasks p on p.id = d.depends_on
      where d.task_id = t.id and p.state <> all(${[...terminalStates]}::task_state[]))`;
  return found(row, ({ n, example }) => ({
    problem: `${several(n, 'blocked task', example)} wait for tasks that have all ended`,
    advice: 'Start a worker: it sweeps them.',
    repair: async () => {
      const sweep = createDependencySweep();
      // A round takes a page of at least a hundred.
      for (let left = row?.blocked ?? 0; left >= 0; left -= 100) await sweep();
      return `settled ${several(n, 'blocked task')}`;
    },
  }));
}

/** Running tasks that were asked to stop and go on. */
export async function checkCancels(): Promise<Finding[]> {
  const rows = await db()<{ id: string }[]>`
    select id from tasks where state = 'running' and cancel_requested_at < clock_timestamp() - ${deafAfter}::interval limit 1000`;
  if (rows.length === 0) return [];
  return [
    {
      problem: `${several(rows.length, 'running task', rows[0]?.id)} were cancelled and go on`,
      advice: 'Their handlers do not heed task.signal, or their worker hangs: restart it.',
      repair: async () => {
        for (const { id } of rows) await db()`select pg_notify(${cancelChannel}, ${id})`;
        return `told their workers again: ${several(rows.length, 'task')}`;
      },
    },
  ];
}
