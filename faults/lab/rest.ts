import { Queue } from 'bullmq';
import { terminalStates } from '#lib/tasks/state';
import { WaitedInVain, until } from './until.ts';
import type { Trial } from './trial.ts';

/** What recovery may take on a slow machine: a lease, a reaper's round, a backoff, and the resend of a lost job. */
export const defaultPatienceMs = 240_000;
/** BullMQ notices an orphaned job by its lock, 60 s, and looks every 30 s. */
const orphanMs = 150_000;

/**
 * Ends the faults and waits until nothing is left to do, `patienceMs` at most for each store. Whoever was stopped goes on, whoever is gone is started, and requests of
 * unknown outcome are sent again.
 *
 * @returns the jobs that BullMQ still holds.
 */
export async function comeToRest(trial: Trial, patienceMs: number): Promise<string[]> {
  for (const proxy of trial.proxies) await proxy.set({ kind: 'pass' });
  trial.redis.signal('SIGCONT');
  await trial.redis.start();
  for (const child of trial.processes) if (!child.exit) child.signal('SIGCONT');
  await ensureRunning(trial, 'web');
  await ensureRunning(trial, 'worker');
  await trial.client.resolve(patienceMs / 2);
  await until(`all tasks of ${trial.id} to end`, () => allEnded(trial), patienceMs).catch(tolerate);
  return jobsLeft(trial, Math.min(orphanMs, patienceMs));
}

/** What has not come to rest is told by the invariants, with names. */
function tolerate(error: unknown): void {
  if (!(error instanceof WaitedInVain)) throw error;
}

async function ensureRunning(trial: Trial, program: 'web' | 'worker'): Promise<void> {
  if (trial.processes.some((child) => child.program === program && !child.exit)) return;
  await trial.start(program);
}

async function allEnded({ sql }: Trial): Promise<boolean> {
  const rows = await sql`select from tasks where state <> all(${[...terminalStates]}::task_state[]) limit 1`;
  return rows.length === 0;
}

/** The full run waits until an orphaned job is noticed; the quick one takes it as such when its task has ended. */
async function jobsLeft(trial: Trial, patienceMs: number): Promise<string[]> {
  const queues = await trial.sql<{ name: string }[]>`select name from queues`;
  const opened = queues.map(
    ({ name }) => new Queue(name, { connection: trial.redis.client, prefix: trial.queuePrefix }),
  );
  const waiting = ['waiting', 'prioritized', 'delayed'] as const;
  const kinds = trial.scale === 'full' ? ([...waiting, 'active'] as const) : waiting;
  const read = async () => (await Promise.all(opened.map((queue) => queue.getJobs([...kinds], 0, 20)))).flat();
  try {
    await until('BullMQ to be empty', async () => (await read()).length === 0, patienceMs).catch(tolerate);
    return (await read()).map((job) => `job ${job.id} of ${job.queueName}`);
  } finally {
    await Promise.all(opened.map((queue) => queue.close()));
  }
}
