import type { TaskSummary } from '#lib/tasks/types';
import { newest } from './merge.ts';

type Entry = { task: TaskSummary; at: number };

/** Longer than any fetch takes. */
const keepMs = 30_000;
const keepRows = 5_000;
/** Longer than the processes that change a task tell their changes apart from one another. */
const doubtMs = 2_000;

/**
 * The changes of the last moments. A fetch that was under way while a change arrived may answer with the row as it
 * was before: replaying what came since the fetch began keeps rows from moving backwards.
 */
export class ChangeJournal {
  readonly #entries = new Map<string, Entry>();
  readonly #untold = new Map<string, number>();

  /** @returns the tasks as new as they are known: a message may come after a later one of another process. */
  record(tasks: readonly TaskSummary[], at: number): TaskSummary[] {
    const current = tasks.map((task) => {
      const known = this.#entries.get(task.id);
      const entry = { task: known ? newest(known.task, task) : task, at };
      this.#entries.delete(task.id);
      this.#entries.set(task.id, entry);
      return entry.task;
    });
    this.#forget(at - keepMs);
    return current;
  }

  /** Notes that of these definitions changes were left out. */
  recordUntold(definitions: readonly string[], at: number): void {
    for (const [definition, then] of this.#untold) if (then < at - doubtMs) this.#untold.delete(definition);
    for (const definition of definitions) this.#untold.set(definition, at);
  }

  /** Whether a later change of the same task may have been left out, just before this one came. */
  isDoubtful({ definition }: TaskSummary, at: number): boolean {
    return (this.#untold.get(definition) ?? -Infinity) >= at - doubtMs;
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
