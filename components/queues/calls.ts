import type { QueueInfo, QueueSettings } from '#lib/queues/types';
import type { QueueRate } from '#lib/stats/types';
import { request } from '../api/http.ts';

/** The settings to change; what is left out stays. A number that cannot be read goes as it was typed, for the API to refuse. */
export type QueueChanges = { [Setting in keyof Omit<QueueSettings, 'name'>]?: unknown };

export const fetchQueues = async (signal?: AbortSignal): Promise<QueueInfo[]> =>
  (await request<{ queues: QueueInfo[] }>('/api/queues', signal ? { signal } : {})).queues;

export const fetchQueueRates = async (signal: AbortSignal): Promise<QueueRate[]> =>
  (await request<{ rates: QueueRate[] }>('/api/stats/queues', { signal })).rates;

export const createQueue = (name: string, settings: QueueChanges): Promise<unknown> =>
  request('/api/queues', { method: 'POST', body: { name, ...settings } });

export const updateQueue = (name: string, changes: QueueChanges): Promise<unknown> =>
  request(`/api/queues/${encodeURIComponent(name)}`, { method: 'PATCH', body: changes });

export const controlQueue = (name: string, verb: 'pause' | 'resume'): Promise<unknown> =>
  request(`/api/queues/${encodeURIComponent(name)}/${verb}`, { method: 'POST' });
