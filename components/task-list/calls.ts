import type { BulkOperation } from '#lib/bulk/types';
import type { Count, Suggestions } from '#lib/search/types';
import type { SavedView } from '#lib/views/types';
import { request } from '../api/http.ts';
import type { BulkTarget } from './bulk-target.ts';
import type { BulkVerb } from './verbs.ts';

export const fetchSuggestions = (text: string, at: number, signal: AbortSignal): Promise<Suggestions> =>
  request(`/api/tasks/suggest?${new URLSearchParams({ q: text, at: String(at) })}`, { signal });

/** How many tasks an operation would name. */
export const previewBulk = (target: BulkTarget, signal: AbortSignal): Promise<Count> =>
  request('/api/bulk/preview', { method: 'POST', body: target, signal });

type BulkOptions = {
  /** Tasks a second at most; without it as fast as the server goes. */
  perSecond?: number;
  /** Why dead letters are dismissed. */
  reason?: string;
};

export function startBulk(
  verb: BulkVerb,
  target: BulkTarget,
  { perSecond, reason }: BulkOptions = {},
): Promise<BulkOperation> {
  const options = { ...(perSecond && { perSecond }), ...(reason && { args: { reason } }) };
  return request('/api/bulk', { method: 'POST', body: { verb, ...target, ...options } });
}

export const fetchOperation = (id: string, signal: AbortSignal): Promise<BulkOperation> =>
  request(`/api/bulk/${encodeURIComponent(id)}`, { signal });

export const stopOperation = (id: string): Promise<BulkOperation> =>
  request(`/api/bulk/${encodeURIComponent(id)}/cancel`, { method: 'POST' });

type ViewInput = Pick<SavedView, 'name' | 'query' | 'shared'>;

export const fetchViews = async (signal: AbortSignal): Promise<SavedView[]> =>
  (await request<{ views: SavedView[] }>('/api/views', { signal })).views;

export const saveView = (view: ViewInput): Promise<SavedView> => request('/api/views', { method: 'POST', body: view });

export const changeView = (id: string, change: Partial<ViewInput>): Promise<SavedView> =>
  request(`/api/views/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });

export const deleteView = (id: string): Promise<void> =>
  request(`/api/views/${encodeURIComponent(id)}`, { method: 'DELETE' });
