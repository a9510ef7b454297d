/** A worker process as it reported itself. `alive`: it beat within the last 15 seconds. */
export type WorkerInfo = {
  id: string;
  host: string;
  pid: number;
  version: string;
  queues: string[];
  slots: number;
  running: number;
  state: 'running' | 'draining' | 'stopped';
  alive: boolean;
  startedAt: string;
  beatAt: string;
};
