import { db } from '#lib/db/index';
import { leaseSeconds } from './claim.ts';

export type Held = { id: string; fence: number };
export type BeatResult = {
  /** Ours no longer: stop them. */ lost: Held[];
  /** Somebody asked to cancel them. */ cancelled: string[];
};

/**
 * BEAT: one statement for all tasks of this process. Renews the leases and learns of lost tasks and cancels. A row
 * that is locked, because it is being finished say, is left for the next beat.
 */
export async function beat(held: Held[]): Promise<BeatResult> {
  if (held.length === 0) return { lost: [], cancelled: [] };
  const ids = held.map(({ id }) => id);
  await db()`
    update tasks set lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    where id in (
      select t.id from tasks t
      join unnest(${ids}::uuid[], ${held.map(({ fence }) => fence)}::integer[]) as h (id, fence) on t.id = h.id and t.fence = h.fence
      where t.id = any(${ids}::uuid[]) and t.state::text = 'running' for no key update of t skip locked)`;
  const rows = await db()<{ id: string; fence: number; cancel: boolean }[]>`
    select id, fence, cancel_requested_at is not null as cancel from tasks where id = any(${ids}::uuid[]) and state = 'running'`;
  const current = new Map(rows.map((row) => [row.id, row]));
  return {
    lost: held.filter(({ id, fence }) => current.get(id)?.fence !== fence),
    cancelled: rows.filter(({ cancel }) => cancel).map(({ id }) => id),
  };
}
