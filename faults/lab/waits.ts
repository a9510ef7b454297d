import type { TaskState } from '#lib/tasks/state';
import { monotonicNow, readLedger } from './ledger.ts';
import type { Trial } from './trial.ts';
import { until } from './until.ts';

export const countState = async ({ sql }: Trial, state: TaskState): Promise<number> => {
  const [row] = await sql<{ n: number }[]>`select count(*) as n from tasks where state = ${state}::task_state`;
  return row?.n ?? 0;
};

/** Waits until at least so many tasks stand in the state. */
export const untilCount = (trial: Trial, state: TaskState, count: number, ms = 90_000): Promise<boolean> =>
  until(`${count} tasks of ${trial.id} to be ${state}`, async () => (await countState(trial, state)) >= count, ms);

/** Waits until no task stands in the state. */
export const untilNone = (trial: Trial, state: TaskState, ms = 120_000): Promise<boolean> =>
  until(`no task of ${trial.id} to be ${state}`, async () => (await countState(trial, state)) === 0, ms);

/** Waits until a body begins that had not begun by now, and notes how long that took, in milliseconds. */
export async function untilWorkGoesOn(trial: Trial, ms = 120_000): Promise<number> {
  const since = monotonicNow();
  const start = await until(
    `${trial.id} to work again`,
    async () => readLedger(trial.ledgerFolder).find(({ ev, mono }) => ev === 'start' && mono > since),
    ms,
  );
  const took = (start.mono - since) / 1e6;
  trial.recoveries.push(took);
  return took;
}
