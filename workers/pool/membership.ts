import { log, metricsSnapshot } from '#lib/observability/index';
import type { RunningWorker } from '../worker.ts';
import { poolVariable, type ToPool, toWorkerSchema } from './messages.ts';

/** A worker process's side of the pool that has started it. */
export type Membership = {
  poolId: string;
  /** From now on the pool hears how the worker is, and may tell it to drain. */
  serve(worker: RunningWorker): void;
  /** Says that somebody told the worker itself to go. */
  leave(why: 'drain' | 'restart'): void;
};

const statusEveryMs = 1_000;

/**
 * Joins the pool that has started this process.
 *
 * @param gone is called when the pool is no more: this process has nobody then who would end it.
 * @param drained is called when the worker has drained because the pool said so.
 * @returns undefined in a process that stands alone.
 */
export function joinPool({ gone, drained }: { gone(): void; drained(): void }): Membership | undefined {
  const poolId = process.env[poolVariable];
  if (poolId === undefined) return undefined;
  let own: RunningWorker | undefined;
  const send = (message: ToPool): void => {
    if (process.connected) process.send?.(message);
  };

  process.on('disconnect', gone);
  // It may have gone while this process was still being loaded.
  if (!process.connected) setImmediate(gone);
  process.on('message', (sent) => {
    const { success, data: message } = toWorkerSchema.safeParse(sent);
    if (!success) return;
    if (message.type === 'drain') {
      void (own?.drain() ?? Promise.resolve()).then(drained);
      return;
    }
    metricsSnapshot()
      .then((snapshot) => send({ type: 'metrics', request: message.request, snapshot }))
      .catch((error: unknown) => log.warn('The metrics could not be collected', { error }));
  });
  return {
    poolId,
    serve: (worker) => {
      own = worker;
      send({ type: 'started', workerId: worker.id });
      setInterval(() => send({ type: 'status', status: worker.status() }), statusEveryMs).unref();
    },
    leave: (why) => send({ type: 'leaving', why }),
  };
}
