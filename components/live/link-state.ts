/** How a topic stands with the server. */
export type TopicState = 'joining' | 'joined' | 'lost';

/**
 * `connecting`: not yet heard from the server · `live`: changes arrive by themselves · `reconnecting`: they do not;
 * the page asks every few seconds instead.
 */
export type LinkState = 'connecting' | 'live' | 'reconnecting';

/** One word for all topics: lost outweighs joining, and a new topic does not take "live" from the rest. */
export function toLinkState(topics: Iterable<TopicState>): LinkState {
  let joined = false;
  for (const topic of topics) {
    if (topic === 'lost') return 'reconnecting';
    joined ||= topic === 'joined';
  }
  return joined ? 'live' : 'connecting';
}

const delaysMs = [1_000, 2_000, 5_000, 10_000];

/** How long to wait before building a closed channel anew. */
export const rebuildDelayMs = (attempt: number): number => delaysMs[Math.min(attempt, delaysMs.length - 1)] ?? 10_000;
