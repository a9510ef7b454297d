import type { PoolInfo, WorkerInfo } from '#lib/workers/types';
import { request } from '../api/http.ts';

export type Fleet = { workers: WorkerInfo[]; pools: PoolInfo[] };
export type WorkerVerb = 'pause' | 'resume' | 'drain' | 'restart';

const workerPath = (id: string): string => `/api/workers/${encodeURIComponent(id)}`;
const poolPath = (id: string): string => `/api/pools/${encodeURIComponent(id)}`;

export async function fetchFleet(signal?: AbortSignal): Promise<Fleet> {
  const options = signal ? { signal } : {};
  const [{ workers }, { pools }] = await Promise.all([
    request<Pick<Fleet, 'workers'>>('/api/workers', options),
    request<Pick<Fleet, 'pools'>>('/api/pools', options),
  ]);
  return { workers, pools };
}

export const controlWorker = (id: string, verb: WorkerVerb): Promise<unknown> =>
  request(`${workerPath(id)}/${verb}`, { method: 'POST' });

/** `slots` null: what the queue's settings say. Without a queue it is for each of the worker's queues. */
export const setSlots = (id: string, slots: unknown, queue: string | undefined): Promise<unknown> =>
  request(workerPath(id), { method: 'PATCH', body: { slots, ...(queue !== undefined && { queue }) } });

export const startPool = (id: string): Promise<unknown> => request(`${poolPath(id)}/start`, { method: 'POST' });
export const stopPool = (id: string): Promise<unknown> => request(`${poolPath(id)}/stop`, { method: 'POST' });
export const scalePool = (id: string, size: number): Promise<unknown> =>
  request(`${poolPath(id)}/scale`, { method: 'POST', body: { size } });
