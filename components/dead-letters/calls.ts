import type { BulkOperation } from '#lib/bulk/types';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { request } from '../api/http.ts';
import type { TaskPage } from '../api/types.ts';

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
  (await request<{ operations: BulkOperation[] }>('/api/bulk?limit=20', { signal })).operations;

/** All dead letters of a cause that nobody dismissed. */
const ofGroup = (fingerprint: string) => ({ fingerprint, dismissed: false });

export const redriveGroup = (fingerprint: string, perSecond: number): Promise<BulkOperation> =>
  request('/api/bulk', { method: 'POST', body: { verb: 'redrive', filter: ofGroup(fingerprint), perSecond } });

export const dismissGroup = (fingerprint: string, reason: string): Promise<BulkOperation> =>
  request('/api/bulk', { method: 'POST', body: { verb: 'dismiss', filter: ofGroup(fingerprint), args: { reason } } });

export const cancelOperation = (id: string): Promise<unknown> =>
  request(`/api/bulk/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
