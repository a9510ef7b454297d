import { TaskdeckError } from '#lib/errors';
import { metrics } from '#lib/observability/index';
import type { Actor } from './types.ts';

/** What a key may still submit at the time of `at`, in milliseconds. */
type Bucket = { tokens: number; at: number };

/** Next bundles this module more than once a process, so the buckets stand on globalThis. */
const holder = globalThis as { [key: symbol]: Map<string, Bucket> | undefined };
const symbol = Symbol.for('taskdeck.rate-limit');
/** Keys that are remembered; a full bucket is as good as none. */
const maxBuckets = 10_000;

const minuteMs = 60_000;

/**
 * Counts submits against the limit of their API key, a minute's worth at once at most; who has no limit passes. Each web
 * process counts for itself.
 *
 * @param nowMs for tests.
 * @throws TaskdeckError rate_limited, with the seconds after which there is room; nothing is counted then.
 */
export function limitRate(actor: Actor, submits: number, nowMs = performance.now()): void {
  if (actor.kind !== 'key' || actor.rateLimit === undefined) return;
  const buckets = (holder[symbol] ??= new Map());
  const limit = actor.rateLimit;
  const perMs = limit / minuteMs;
  const before = buckets.get(actor.id) ?? { tokens: limit, at: nowMs };
  const tokens = Math.min(limit, before.tokens + (nowMs - before.at) * perMs);
  if (tokens < submits) throw refusal(limit, submits, Math.max(1, Math.ceil((submits - tokens) / perMs / 1_000)));
  // Again to the end of the map, whose beginning holds those that were not heard of for longest.
  buckets.delete(actor.id);
  buckets.set(actor.id, { tokens: tokens - submits, at: nowMs });
  const [oldest] = buckets.keys();
  if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
}

function refusal(limit: number, submits: number, retryAfterSeconds: number): TaskdeckError {
  metrics.enqueueRejectedTotal.inc({ reason: 'rate_limit' }, submits);
  return new TaskdeckError('rate_limited', `This API key may submit ${limit} tasks a minute.`, {
    hint:
      submits > limit
        ? `Send at most ${limit} tasks in a batch.`
        : `Try again in ${retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`}.`,
    retryAfterSeconds,
  });
}
