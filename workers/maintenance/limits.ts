import { log } from '#lib/observability/index';
import { assertAllLimits } from '#lib/queues/index';

/**
 * Postgres says how a queue is limited. What BullMQ says otherwise, because its Redis was wiped or somebody changed it there,
 * does not last.
 */
export async function checkLimits(): Promise<boolean> {
  const queues = await assertAllLimits();
  if (queues.length > 0) log.warn('BullMQ had other pauses or limits than Postgres; they were set right', { queues });
  return false;
}
