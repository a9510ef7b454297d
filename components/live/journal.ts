import type { TaskSummary } from '#lib/tasks/types';
import { newest } from './merge.ts';

type Entry = { task: TaskSummary; at: number };

/** Longer than any fetch takes. */
const keepMs = 30_000;
const keepRows = 5_000;

/**
 * The changes of the last moments. A fetch that was under way while a change arrived may answer with the row as it
 * was before: replaying what came since the fetch began keeps rows from moving backwards.
 */
export class ChangeJournal {
  readonly #entries = new Map<string, Entry>();

  record(tasks: readonly TaskSummary[], at: number): void {
    for (const task of tasks) {
      const known = this.#entries.get(task.id);
      this.#entries.delete(task.id);
      this.#entries.set(task.id, { task: known ? newest(known.task, task) : task, at });
    }
    this.#forget(at - keepMs);
  }

  /** What arrived at `at` or later, oldest first. */
  since(at: number): TaskSummary[] {
    return [...this.#entries.values()].filter((entry) => entry.at >= at).map((entry) => entry.task);
  }

  /** Entries stand in the order of their arrival, so the old ones come first. */
  #forget(before: number): void {
    for (const [id, entry] of this.#entries) {
      if (entry.at >= before && this.#entries.size <= keepRows) return;
      this.#entries.delete(id);
    }
  }
}
