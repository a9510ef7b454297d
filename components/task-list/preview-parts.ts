import type { Count } from '#lib/search/types';
import { taskStates, type TaskState } from '#lib/tasks/state';
import type { BulkPreview } from './calls.ts';

/** How many tasks a verb will change, and in words those that it leaves alone: "1 running, 2 pending", or ''. */
export function partPreview({ more, states }: BulkPreview, allows: (state: TaskState) => boolean) {
  const there = taskStates.flatMap((state) => (states[state] ? [{ state, count: states[state] }] : []));
  const changed = there.reduce((sum, { state, count }) => (allows(state) ? sum + count : sum), 0);
  const left = there.flatMap(({ state, count }) => (allows(state) ? [] : [`${count} ${state}`]));
  return { changed: { count: changed, more } satisfies Count, left: left.join(', ') };
}
