import type { AuditEntry } from '#lib/audit/types';
import type { FileInfo } from '#lib/files/types';
import type { Facets } from '#lib/search/types';
import type { StatsWindow } from '#lib/stats/types';
import type { DefinitionInfo, PayloadRevision, RecentPayload, TaskGraph } from '#lib/tasks/types';
import type { Template } from '#lib/templates/types';
import { filterQuery, type TaskFilter } from '../tasks/filter.ts';
import { request } from './http.ts';
import type { LogPage, Overview, SubmitInput, SubmitOptions, TaskPage, TaskRef, TaskView } from './types.ts';

export const pageSize = 50;
const logPageSize = 500;

export function fetchTasks(filter: TaskFilter, cursor: string | null, signal?: AbortSignal): Promise<TaskPage> {
  const query = filterQuery(filter);
  query.set('limit', String(pageSize));
  if (cursor) query.set('cursor', cursor);
  return request(`/api/tasks?${query}`, signal ? { signal } : {});
}

/** How many tasks fit the filter, and by each of the values that would narrow it further. */
export function fetchFacets({ sort: _, ...filter }: TaskFilter, signal: AbortSignal): Promise<Facets> {
  return request(`/api/tasks/facets?${filterQuery(filter)}`, { signal });
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

export const fetchGraph = (id: string, signal: AbortSignal): Promise<TaskGraph> =>
  request(`/api/tasks/${encodeURIComponent(id)}/graph`, { signal });

export const fetchDefinitions = async (signal?: AbortSignal): Promise<DefinitionInfo[]> =>
  (await request<{ definitions: DefinitionInfo[] }>('/api/definitions', signal ? { signal } : {})).definitions;

export const fetchOverview = (window: StatsWindow, signal: AbortSignal): Promise<Overview> =>
  request(`/api/overview?window=${window}`, { signal });

/** The same `idempotencyKey` again answers with the same task: a doubled click or a retry submits once. */
export const submitTask = (input: SubmitInput, idempotencyKey: string): Promise<TaskRef> =>
  request('/api/tasks', { method: 'POST', body: input, headers: { 'idempotency-key': idempotencyKey } });

export type TaskAction = 'cancel' | 'pause' | 'resume' | 'retry' | 'undismiss';

export const controlTask = (id: string, action: TaskAction): Promise<TaskRef> =>
  request(`/api/tasks/${encodeURIComponent(id)}/${action}`, { method: 'POST' });

export const dismissTask = (id: string, reason: string): Promise<TaskRef> =>
  request(`/api/tasks/${encodeURIComponent(id)}/dismiss`, { method: 'POST', body: { reason } });

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

export const fetchTemplates = async (definition: string, signal: AbortSignal): Promise<Template[]> => {
  const query = new URLSearchParams({ definition });
  return (await request<{ templates: Template[] }>(`/api/templates?${query}`, { signal })).templates;
};

type NewTemplate = Pick<Template, 'definition' | 'name' | 'payload'> & { options: SubmitOptions };

export const createTemplate = (template: NewTemplate): Promise<Template> =>
  request('/api/templates', { method: 'POST', body: template });

export const updateTemplate = (id: string, { definition: _, ...patch }: NewTemplate): Promise<Template> =>
  request(`/api/templates/${encodeURIComponent(id)}`, { method: 'PATCH', body: patch });

export const deleteTemplate = (id: string): Promise<void> =>
  request(`/api/templates/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const fetchRecentPayloads = async (definition: string, signal: AbortSignal): Promise<RecentPayload[]> =>
  (
    await request<{ payloads: RecentPayload[] }>(`/api/definitions/${encodeURIComponent(definition)}/recent-payloads`, {
      signal,
    })
  ).payloads;
