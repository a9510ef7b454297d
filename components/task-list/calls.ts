import type { BulkOperation } from '#lib/bulk/types';
import type { Count, Suggestions } from '#lib/search/types';
import type { StateCounts } from '#lib/tasks/types';
import type { SavedView } from '#lib/views/types';
import { request } from '../api/http.ts';
import type { BulkTarget } from './bulk-target.ts';
import type { BulkVerb } from './verbs.ts';

export const fetchSuggestions = (text: string, at: number, signal: AbortSignal): Promise<Suggestions> =>
  request(`/api/tasks/suggest?${new URLSearchParams({ q: text, at: String(at) })}`, { signal });

/** How many tasks an operation would name, and in which states they are. */
export type BulkPreview = Count & { states: Partial<StateCounts> };

export const previewBulk = (target: BulkTarget, signal: AbortSignal): Promise<BulkPreview> =>
  request('/api/bulk/preview', { method: 'POST', body: target, signal });

type BulkOptions = {
  /** Tasks a second at most; without it as fast as the server goes. */
  perSecond?: number;
  /** Why dead letters are dismissed. */
  reason?: string;
  /** A redrive sends completed tasks again too. */
  again?: boolean;
};

export function startBulk(
  verb: BulkVerb,
  target: BulkTarget,
  { perSecond, reason, again }: BulkOptions = {},
): Promise<BulkOperation> {
  const args = { ...(reason && { reason }), ...(again && { again }) };
  const options = { ...(perSecond && { perSecond }), ...(Object.keys(args).length > 0 && { args }) };
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
