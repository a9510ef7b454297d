import type { BulkOperation } from '#lib/bulk/types';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { request } from '../api/http.ts';
import { ApiError } from '../api/problem.ts';
import type { TaskPage } from '../api/types.ts';
import { resolveTarget } from '../task-list/bulk-target.ts';
import { startBulk, stopOperation } from '../task-list/calls.ts';

export type GroupPage = { groups: DeadLetterGroup[]; nextCursor: string | null };

const shownTasks = 20;

export function fetchGroups(cursor: string | null, signal: AbortSignal): Promise<GroupPage> {
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return request(`/api/dead-letters${query}`, { signal });
}

/** The newest dead letters of a cause. */
export function fetchGroupTasks(fingerprint: string, signal: AbortSignal): Promise<TaskPage> {
  const query = new URLSearchParams({ fingerprint, dismissed: 'false', limit: String(shownTasks) });
  return request(`/api/tasks?${query}`, { signal });
}

export const fetchOperations = async (signal: AbortSignal): Promise<BulkOperation[]> =>
  (await request<{ operations: BulkOperation[] }>('/api/bulk?limit=50', { signal })).operations;

/** All dead letters of a cause that nobody dismissed. */
const ofGroup = (fingerprint: string) => ({ fingerprint, dismissed: false });

export const redriveGroup = (fingerprint: string, perSecond: number): Promise<BulkOperation> =>
  startBulk('redrive', { filter: ofGroup(fingerprint) }, { perSecond });

/**
 * Dismisses all dead letters of a cause.
 *
 * @returns what takes it back; null where there are too many for that.
 */
export async function dismissGroup(fingerprint: string, reason: string): Promise<(() => Promise<unknown>) | null> {
  const chosen = { filter: { fingerprint, dismissed: 'false' }, ids: null, rows: [] };
  const { target, undo } = await resolveTarget('dismiss', chosen);
  const { id } = await startBulk('dismiss', target, { reason });
  return undo && (() => bringBack(id, undo));
}

/** Stops the dismissal first, which would else go on behind. */
async function bringBack(operation: string, ids: string[]): Promise<void> {
  await stopOperation(operation).catch((error: unknown) => {
    const hasEnded = error instanceof ApiError && error.code === 'conflict';
    if (!hasEnded) throw error;
  });
  await startBulk('undismiss', { ids });
}
