import { addCounts, aggregateText, type MetricsSnapshot } from '#lib/observability/index';
import type { Member } from './member.ts';

const timeoutMs = 2_000;

/**
 * The metrics of all processes of a pool as one. What a process had counted when it was last asked goes on counting after
 * its end: a sum that falls would look like a restart of everything.
 */
export function createPoolMetrics(members: ReadonlySet<Member>): {
  text(): Promise<{ contentType: string; body: string }>;
  keep(ended: Member): void;
} {
  const latest = new Map<Member, MetricsSnapshot>();
  let kept: Promise<MetricsSnapshot> = Promise.resolve([]);
  return {
    text: async () => {
      await Promise.all(
        [...members].map(async (member) => {
          const snapshot = await member.metrics(timeoutMs);
          if (snapshot && members.has(member)) latest.set(member, snapshot);
        }),
      );
      return aggregateText([...latest.values(), await kept]);
    },
    keep: (ended) => {
      const last = latest.get(ended);
      if (!latest.delete(ended) || !last) return;
      kept = kept.then((sum) => addCounts(sum, last));
    },
  };
}
