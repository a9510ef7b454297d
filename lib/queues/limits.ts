import { engine } from './engine.ts';
import { queueSettings } from './query.ts';
import type { QueueSettings } from './types.ts';

/**
 * Makes BullMQ's copy of the pause, the global concurrency and the rate limit say what Postgres says: a wiped Redis has
 * forgotten them, and anybody may change them there. Reads once and writes only what differs.
 *
 * @returns whether anything differed.
 * @throws TaskdeckError unavailable when BullMQ's backend is down.
 */
export async function assertLimits(settings: QueueSettings): Promise<boolean> {
  const queue = await engine().queue(settings.name);
  const { paused = false, concurrency = null, max = null, duration = null } = await queue.getMeta();
  const wanted = settings.serial ? 1 : settings.globalConcurrency;
  const { max: wantedMax, perMs } = settings.rateLimit ?? { max: null, perMs: null };
  const differs = {
    paused: paused !== settings.paused,
    concurrency: concurrency !== wanted,
    rate: max !== wantedMax || duration !== perMs,
  };
  // Stricter first: in between, nothing runs that neither the old settings nor the new ones allow.
  if (differs.paused && settings.paused) await queue.pause();
  if (differs.concurrency)
    await (wanted === null ? queue.removeGlobalConcurrency() : queue.setGlobalConcurrency(wanted));
  if (differs.rate) {
    await (wantedMax === null || perMs === null
      ? queue.removeGlobalRateLimit()
      : queue.setGlobalRateLimit(wantedMax, perMs));
    // What was counted under the old limit would hold the new one up for as long as the old one's window.
    await queue.removeRateLimitKey();
  }
  const any = Object.values(differs).includes(true);
  // Also wakes workers that wait because of a limit that is no more.
  if (any && !settings.paused) await queue.resume();
  return any;
}

/**
 * The same for every queue.
 *
 * @returns the queues of which something differed. Throws like `assertLimits`.
 */
export async function assertAllLimits(): Promise<string[]> {
  const differed: string[] = [];
  for (const settings of await queueSettings()) if (await assertLimits(settings)) differed.push(settings.name);
  return differed;
}
