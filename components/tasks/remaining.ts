/** How far a task was at a time; `at` in milliseconds, `fraction` from 0 to 1. */
export type ProgressSample = { at: number; fraction: number };

/** What can be said of the time that is left; milliseconds. */
export type Remaining = { kind: 'known'; ms: number } | { kind: 'stalled'; sinceMs: number };

/** Steps of progress that must have been seen to speak of a pace. */
const leastSteps = 3;
const leastMs = 2_000;
/** Samples kept: the pace is that of the last ones. */
const kept = 20;

/** Adds what was just seen; a progress that went back, as at a new attempt, begins anew. */
export function addSample(samples: readonly ProgressSample[], next: ProgressSample): readonly ProgressSample[] {
  const last = samples.at(-1);
  if (last && next.fraction < last.fraction) return [next];
  if (last && next.fraction === last.fraction) return samples;
  return [...samples.slice(1 - kept), next];
}

/**
 * How long it will go on at the pace of its last steps; null while too little was seen to say so. A task that has not moved for much
 * longer than its steps took is stalled, and then nothing is promised.
 */
export function remaining(samples: readonly ProgressSample[], now: number): Remaining | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || samples.length <= leastSteps || last.at - first.at < leastMs || last.fraction >= 1)
    return null;
  const stepMs = (last.at - first.at) / (samples.length - 1);
  const quietMs = now - last.at;
  if (quietMs > Math.max(10_000, 5 * stepMs)) return { kind: 'stalled', sinceMs: quietMs };
  const perMs = (last.fraction - first.fraction) / (last.at - first.at);
  return { kind: 'known', ms: Math.max(0, (1 - last.fraction) / perMs - quietMs) };
}
