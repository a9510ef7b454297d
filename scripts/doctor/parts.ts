import { checkHealth } from '#lib/health/index';
import { engine } from '#lib/queues/index';
import type { Finding } from './finding.ts';

/** The parts that the health page shows, and what it keeps to itself: whether Redis may evict jobs. */
export async function checkParts(): Promise<Finding[]> {
  const { parts } = await checkHealth();
  const queue = await engine().ping();
  return Object.entries({ ...parts, queue }).flatMap(([name, { ok, detail }]) =>
    ok ? [] : [{ problem: `${name}: ${detail}`, advice: 'See the log of this part.' }],
  );
}
