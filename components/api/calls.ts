import type { AuditEntry } from '#lib/audit/types';
import type { FileInfo } from '#lib/files/types';
import type { DefinitionInfo, PayloadRevision, StateCounts } from '#lib/tasks/types';
import type { TaskFilter } from '../tasks/filter.ts';
import { request } from './http.ts';
import type { LogPage, Overview, SubmitInput, TaskPage, TaskPageWithCounts, TaskRef, TaskView } from './types.ts';

export const pageSize = 50;
const logPageSize = 500;

export function fetchTasks(filter: TaskFilter, cursor: string | null, signal?: AbortSignal): Promise<TaskPage> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (filter.state) query.append('state', filter.state);
  if (filter.definition) query.set('definition', filter.definition);
  if (filter.queue) query.set('queue', filter.queue);
  if (cursor) query.set('cursor', cursor);
  return request(`/api/tasks?${query}`, signal ? { signal } : {});
}

export async function fetchCounts(signal?: AbortSignal): Promise<StateCounts> {
  const { counts } = await request<TaskPageWithCounts>('/api/tasks?limit=1', signal ? { signal } : {});
  return counts;
}

export const fetchTask = (id: string, signal?: AbortSignal): Promise<TaskView> =>
  request(`/api/tasks/${encodeURIComponent(id)}`, signal ? { signal } : {});

export const fetchLogs = (id: string, after: number, signal?: AbortSignal): Promise<LogPage> =>
  request(`/api/tasks/${encodeURIComponent(id)}/logs?after=${after}&limit=${logPageSize}`, signal ? { signal } : {});

export const fetchTaskAudit = async (id: string, signal: AbortSignal): Promise<AuditEntry[]> =>
  (await request<{ entries: AuditEntry[] }>(`/api/tasks/${encodeURIComponent(id)}/audit`, { signal })).entries;

export const fetchRevisions = async (id: string, signal: AbortSignal): Promise<PayloadRevision[]> =>
  (await request<{ revisions: PayloadRevision[] }>(`/api/tasks/${encodeURIComponent(id)}/revisions`, { signal }))
    .revisions;

export const fetchDefinitions = async (signal?: AbortSignal): Promise<DefinitionInfo[]> =>
  (await request<{ definitions: DefinitionInfo[] }>('/api/definitions', signal ? { signal } : {})).definitions;

export const fetchOverview = (signal?: AbortSignal): Promise<Overview> =>
  request('/api/overview', signal ? { signal } : {});

/** The same `idempotencyKey` again answers with the same task: a doubled click or a retry submits once. */
export const submitTask = (input: SubmitInput, idempotencyKey: string): Promise<TaskRef> =>
  request('/api/tasks', { method: 'POST', body: input, headers: { 'idempotency-key': idempotencyKey } });

export type TaskAction = 'cancel' | 'pause' | 'resume' | 'retry';

export const controlTask = (id: string, action: TaskAction): Promise<TaskRef> =>
  request(`/api/tasks/${encodeURIComponent(id)}/${action}`, { method: 'POST' });

/** Sends an ended task again with another payload. */
export const redriveTask = (id: string, payload: unknown): Promise<TaskRef> =>
  request(`/api/tasks/${encodeURIComponent(id)}/redrive`, { method: 'POST', body: { payload } });

export function uploadFile(file: File, signal: AbortSignal): Promise<FileInfo> {
  const body = new FormData();
  body.set('file', file);
  return request('/api/files', { method: 'POST', body, signal });
}

export const fetchRealtimeToken = (): Promise<{ token: string; expiresAt: number }> => request('/api/realtime/token');

export const signIn = (email: string, password: string): Promise<void> =>
  request('/api/auth/sign-in', { method: 'POST', body: { email, password } });

export const signOut = (): Promise<void> => request('/api/auth/sign-out', { method: 'POST' });
