import { checkDefinitions, checkMark, checkPauses } from './queues.ts';
import { checkLostJobs, checkStaleJobs } from './jobs.ts';
import { checkParts } from './parts.ts';
import { checkBlocked, checkCancels, checkLeases, checkOverdue } from './tasks.ts';
import type { Check, Finding } from './finding.ts';

/** In the order in which a repair helps the next: the mark and the leases free what the others then see. */
const checks: Record<string, Check> = {
  parts: checkParts,
  definitions: checkDefinitions,
  mark: checkMark,
  pauses: checkPauses,
  'stale jobs': checkStaleJobs,
  leases: checkLeases,
  cancels: checkCancels,
  blocked: checkBlocked,
  'lost jobs': checkLostJobs,
  overdue: checkOverdue,
};

/** Where Postgres and the queue disagree, or something else is wrong; `left` counts what is not repaired. */
export type Examination = { lines: string[]; left: number };

/**
 * Asks every check. Without `fix` nothing is written.
 *
 * @param fix repairs what can be repaired. A repair that fails leaves its problem, and its reason stands in the line.
 */
export async function examine(fix: boolean): Promise<Examination> {
  const lines: string[] = [];
  let left = 0;
  for (const [name, check] of Object.entries(checks)) {
    const findings = await check().catch((error: unknown): Finding[] => [
      { problem: `${name} could not be checked: ${messageOf(error)}`, advice: 'See the other lines.' },
    ]);
    for (const { problem, advice, repair } of findings) {
      const repaired = fix && repair ? await repair().catch((error: unknown) => error) : undefined;
      if (typeof repaired === 'string') {
        lines.push(`✓ ${problem}: ${repaired}`);
      } else {
        left += 1;
        const why = repaired === undefined ? '' : ` It could not be repaired: ${messageOf(repaired)}.`;
        lines.push(`✗ ${problem}. ${advice}${why}`);
      }
    }
  }
  return { lines, left };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
