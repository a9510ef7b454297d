import { atMost } from '#lib/at-most';
import { killGroup } from './kill-group.ts';
import { killMarked } from './marked.ts';

/** Milliseconds for the search; what it cannot find or end in time is not waited for. */
const searchMs = 10_000;

/** Ends this process with all that it has started, also what left its group. */
export async function killAll(pid: number, mark: string): Promise<void> {
  await atMost(searchMs, killMarked(mark, pid));
  killGroup(pid);
}
