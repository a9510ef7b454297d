import { hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { log, metrics, version } from '#lib/observability/index';
import { ensureQueues, queueSettings } from '#lib/queues/index';
import { flushFeed, publishWorkers } from '#lib/realtime/index';
import type { Definition } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { beatWorker, registerWorker } from '#lib/workers/index';
import { startMaintenance } from './maintenance/index.ts';
import { type Runner, startRunner } from './runner/runner.ts';

export type RunningWorker = { id: string; stop(): Promise<void> };

const beatEveryMs = 5_000;

/** Starts all that a worker process does: publishes definitions, runs tasks, keeps the system true, tells that it lives. */
export async function startWorker(definitions: Map<string, Definition>, graceMs = 20_000): Promise<RunningWorker> {
  const id = uuidv7();
  await ensureQueues([...definitions.values()].map(({ queue }) => queue));
  await publishDefinitions([...definitions.values()]);
  const queues = await queueSettings();
  const runner = await startRunner({ workerId: id, definitions, queues, graceMs });
  await registerWorker({
    id,
    host: hostname(),
    pid: process.pid,
    version,
    queues: queues.map(({ name }) => name),
    slots: runner.slots,
  });
  const maintenance = startMaintenance();
  for (const { name, concurrency } of queues) metrics.workerSlots.set({ queue: name }, concurrency);
  const names = queues.map(({ name }) => name);
  const measuring = setInterval(() => measure(runner, names), 1_000);
  let state: 'running' | 'draining' = 'running';
  const beating = setInterval(() => void tell(state), beatEveryMs);

  async function tell(now: 'running' | 'draining' | 'stopped'): Promise<void> {
    setState(now);
    await beatWorker(id, now).catch((error: unknown) => log.warn('The worker could not say that it lives', { error }));
  }

  await tell(state);
  await publishWorkers();
  log.info('worker started', { workerId: id, definitions: [...definitions.keys()], queues: names });
  return {
    id,
    stop: async () => {
      state = 'draining';
      await tell(state);
      await publishWorkers();
      await runner.stop();
      await maintenance.stop();
      clearInterval(measuring);
      clearInterval(beating);
      await tell('stopped');
      await flushFeed();
      await publishWorkers();
      log.info('worker stopped', { workerId: id });
    },
  };
}

function setState(state: 'running' | 'draining' | 'stopped'): void {
  for (const known of ['running', 'draining']) metrics.workerState.set({ state: known }, known === state ? 1 : 0);
}

function measure(runner: Runner, queues: string[]): void {
  const running = runner.running();
  for (const queue of queues) {
    const own = running.filter((task) => task.queue === queue);
    const oldest = Math.min(Date.now(), ...own.map(({ startedAt }) => startedAt.getTime()));
    metrics.workerSlotsBusy.set({ queue }, own.length);
    metrics.workerLongestRunningSeconds.set({ queue }, (Date.now() - oldest) / 1_000);
  }
}
