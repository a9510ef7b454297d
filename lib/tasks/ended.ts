import { db } from '#lib/db/index';
import type { TaskState } from './state.ts';

/** What the row of a task says whose attempt, or which itself, has ended: whom that may set free. */
export type EndedTask = { id: string; state: TaskState; hasDependents: boolean; concurrencyKey: string | null };

/** The columns of an `EndedTask` beside those of a summary; selects from `tasks` under its own name. */
export const endedColumns = () => db()`
  tasks.has_dependents as "hasDependents", tasks.concurrency_key as "concurrencyKey"`;
