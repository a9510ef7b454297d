import type { ApiKeyInfo, Role } from '#lib/access/types';
import { request } from '../api/http.ts';

/** A number that cannot be read goes as it was typed, for the API to refuse. */
export type NewKey = { name: string; role: Role; rateLimit?: number | string; expiresAt?: string };

export const fetchKeys = async (signal: AbortSignal): Promise<ApiKeyInfo[]> =>
  (await request<{ keys: ApiKeyInfo[] }>('/api/keys', { signal })).keys;

/** `key` is answered this once. */
export const createKey = (wanted: NewKey): Promise<{ id: string; key: string }> =>
  request('/api/keys', { method: 'POST', body: wanted });

export const revokeKey = (id: string): Promise<void> =>
  request(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
