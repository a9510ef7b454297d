import type { TaskFilter } from '#lib/tasks/index';
import type { ControlVerb } from '#lib/tasks/types';

/** Tasks that ids may name in one operation, and to which a count goes. */
export const maxBulkIds = 10_000;

export type BulkState = 'running' | 'completed' | 'cancelled';

/** One verb over many tasks, done in the background. */
export type BulkOperation = {
  id: string;
  verb: ControlVerb;
  /** Which tasks; null when they were named by ids. */
  filter: TaskFilter | null;
  args: { reason?: string; again?: boolean };
  perSecond: number;
  state: BulkState;
  /** How many tasks it named when it began; with `totalCapped` there are more. */
  total: number;
  totalCapped: boolean;
  done: number;
  /** Those whose state did not allow the verb. */
  skipped: number;
  createdBy: string;
  /** The e-mail address or the API key's name; null when it is gone. */
  createdByName: string | null;
  createdAt: string;
  finishedAt: string | null;
};
