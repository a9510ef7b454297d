import { db } from '#lib/db/index';
import { metrics } from '#lib/observability/index';
import { readDepths } from '#lib/stats/index';
import { isTerminal, taskStates } from '#lib/tasks/state';
import { engine } from './engine.ts';

const cacheMs = 5_000;
const depthStates = taskStates.filter((state) => !isTerminal(state));

type QueueRow = {
  name: string;
  paused: boolean;
  oldestSeconds: number;
  workers: number;
};

const readQueues = () => db()<QueueRow[]>`
  select q.name, q.paused,
    coalesce((select extract(epoch from clock_timestamp() - min(ready_at)) from tasks where queue = q.name and state = 'pending'), 0)::float8
      as "oldestSeconds",
    (select count(*) from workers w
      where q.name = any(w.queues) and w.state = 'running' and w.healthy and w.beat_at > clock_timestamp() - interval '15 seconds') as workers
  from queues q`;

const readOutbox = () => db()<{ rows: number; oldestSeconds: number }[]>`
  select count(*) as rows, coalesce(extract(epoch from clock_timestamp() - min(dispatch_at)), 0)::float8 as "oldestSeconds"
  from tasks where state = 'pending' and dispatch_at <= clock_timestamp()`;

async function collect(): Promise<void> {
  const end = metrics.collectDurationSeconds.startTimer();
  const [queues, depths, outbox] = await Promise.all([readQueues(), readDepths(), readOutbox()]);
  for (const gauge of [
    metrics.queueDepth,
    metrics.queueOldestWaitingAgeSeconds,
    metrics.queuePaused,
    metrics.workersAlive,
  ])
    gauge.reset();
  for (const queue of queues) {
    for (const state of depthStates) metrics.queueDepth.set({ queue: queue.name, state }, 0);
    metrics.queueOldestWaitingAgeSeconds.set({ queue: queue.name }, queue.oldestSeconds);
    metrics.queuePaused.set({ queue: queue.name }, queue.paused ? 1 : 0);
    metrics.workersAlive.set({ queue: queue.name }, queue.workers);
  }
  for (const { queue, state, count } of depths) if (!isTerminal(state)) metrics.queueDepth.set({ queue, state }, count);
  metrics.outboxPendingRows.set(outbox[0]?.rows ?? 0);
  metrics.outboxOldestAgeSeconds.set(outbox[0]?.oldestSeconds ?? 0);
  await collectEngine();
  metrics.collectSuccessTimestampSeconds.setToCurrentTime();
  end();
}

async function collectEngine(): Promise<void> {
  if (engine().kind !== 'redis') return;
  const { ok } = await engine().ping();
  metrics.redisUp.set(ok ? 1 : 0);
  if (ok) metrics.redisMemoryUsedBytes.set((await engine().memoryBytes()) ?? 0);
}

let last: { at: number; done: Promise<void> } | undefined;

/**
 * Refreshes the metrics that describe the whole system, from Postgres. Scrapes within five seconds share one
 * collection. Rejects when Postgres is down: the scrape then shows it by a stale timestamp.
 */
export function collectFleetMetrics(): Promise<void> {
  if (!last || Date.now() - last.at > cacheMs) last = { at: Date.now(), done: collect() };
  return last.done;
}
