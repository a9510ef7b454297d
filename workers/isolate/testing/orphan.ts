/** A worker's process that dies while its isolated handler has started processes and keeps the thread busy. Prints the handler's pid, then waits to be killed. */
import type { Ports, Work } from '../../runner/context.ts';
import { startChild } from '../child-process.ts';

const child = startChild(96, [new URL('./hostile.ts', import.meta.url).href]);
const work: Work = {
  id: '01a00000-0000-7000-8000-000000000001',
  fence: 1,
  attempt: 1,
  maxAttempts: 1,
  definition: 'hostile',
  payload: { do: 'fork-bomb' },
  retry: { attempts: 1, backoff: { type: 'fixed', delay: 0, max: 0, jitter: false } },
  metadata: null,
  parentId: null,
  correlationId: null,
};
const ignore = () => undefined;
const print = (_message: string, fields?: Record<string, unknown>) => console.log(JSON.stringify(fields));
const ports: Ports = {
  signal: new AbortController().signal,
  log: { debug: ignore, info: print, warn: ignore, error: ignore },
  progress: ignore,
  heartbeat: ignore,
  emit: () => Promise.reject(new Error('not here')),
  flush: async () => undefined,
};
await child.run(work, ports, ignore);
