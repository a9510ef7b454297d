import { hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { log, version } from '#lib/observability/index';
import { ensureQueues, queuesChannel, queueSettings } from '#lib/queues/index';
import { flushFeed, publishMissed, publishWorkers } from '#lib/realtime/index';
import type { Definition } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { beatWorker, type PoolCommand, registerWorker, type WorkerCommand, type WorkerInfo } from '#lib/workers/index';
import { startCanary } from './canary.ts';
import { obeyCommands } from './commands/obey.ts';
import { startMaintenance } from './maintenance/index.ts';
import { startListeningLoop } from './maintenance/loop.ts';
import { measureWorker } from './measure.ts';
import { leakedBodies } from './runner/execute.ts';
import { startRunner } from './runner/runner.ts';
import { startVitals } from './vitals.ts';

export type RunningWorker = {
  id: string;
  /** How it is now. `idleMs`: how long it has had nothing to do. */
  status(): { running: number; idleMs: number; memoryBytes: number; healthy: boolean };
  /** Takes no more tasks, waits for those that run however long they take, and then stops. */
  drain(): Promise<void>;
  /** Takes no more tasks, waits for the grace, gives the rest back. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
};

type Options = {
  /** The pool that keeps this process alive. */
  poolId?: string | null;
  /** Is called when somebody tells the worker to go, as soon as it takes nothing more. It has stopped when `stopped` resolves. */
  onLeave?: (why: 'drain' | 'restart', stopped: Promise<void>) => void;
};

const beatEveryMs = 5_000;
const settingsEveryMs = 2_000;

/** Starts all that a worker process does: publishes definitions, runs tasks, keeps the system true, tells that it lives. */
export async function startWorker(
  definitions: Map<string, Definition>,
  graceMs = 20_000,
  { poolId = null, onLeave }: Options = {},
): Promise<RunningWorker> {
  const id = uuidv7();
  await ensureQueues([...definitions.values()].map(({ queue }) => queue));
  await publishDefinitions([...definitions.values()]);
  const runner = await startRunner({ workerId: id, definitions, queues: await queueSettings(), graceMs });
  const { takers } = runner;
  const vitals = startVitals();
  const canary = startCanary({ workerId: id, takers });
  let state: WorkerInfo['state'] = 'running';
  let stopping: Promise<void> | undefined;

  async function tell(now: WorkerInfo['state']): Promise<void> {
    state = now;
    await beatWorker(id, {
      state,
      healthy: canary.healthy(),
      memoryBytes: vitals.memoryBytes(),
      eventLoopLagMs: vitals.takeLagMs(),
      leaked: leakedBodies(),
      queueSlots: takers.slots(),
      consumedAt: canary.consumedAt(),
    }).catch((error: unknown) => log.warn('The worker could not say that it lives', { error }));
  }

  async function become(now: WorkerInfo['state']): Promise<void> {
    await tell(now);
    await publishWorkers();
  }

  async function configure(): Promise<boolean> {
    const before = JSON.stringify(takers.slots());
    takers.configure(await queueSettings());
    if (JSON.stringify(takers.slots()) !== before) await become(state);
    return false;
  }

  async function carryOut(command: WorkerCommand | PoolCommand): Promise<void> {
    switch (command.command) {
      case 'pause':
        if (state !== 'running') return;
        await takers.pause();
        return become('paused');
      case 'resume':
        if (state !== 'paused') return;
        await takers.resume();
        return become('running');
      case 'slots':
        takers.setSlots(command.slots, command.queue);
        return become(state);
      case 'drain':
      case 'restart': {
        const stopped = drain();
        return onLeave?.(command.command, stopped);
      }
      case 'scale':
        return log.warn('A worker was told to scale; only a pool can');
    }
  }

  async function drain(): Promise<void> {
    await takers.pause();
    await become('draining');
    await takers.idle();
    await stop();
  }

  async function stopAll(grace: number): Promise<void> {
    const ended = runner.stop(grace);
    await become('draining');
    await ended;
    await Promise.all([canary.stop(), maintenance.stop(), settings.stop(), commands.stop()]);
    for (const timer of [measuring, beating]) clearInterval(timer);
    vitals.stop();
    await tell('stopped');
    await flushFeed();
    await publishWorkers();
    log.info('worker stopped', { workerId: id });
  }

  const stop = (grace = graceMs): Promise<void> => (stopping ??= stopAll(grace));

  await registerWorker({ id, host: hostname(), pid: process.pid, version, poolId });
  const maintenance = startMaintenance();
  const settings = await startListeningLoop(queuesChannel, {
    name: 'Reading the settings of the queues',
    everyMs: settingsEveryMs,
    round: configure,
  });
  const commands = await obeyCommands(id, carryOut);
  const measuring = setInterval(() => measureWorker(runner, canary.healthy() ? state : 'unhealthy'), 1_000);
  const beating = setInterval(() => void tell(state), beatEveryMs);
  await become(state);
  // The one before it may have died with changes that it had not told.
  void publishMissed();
  log.info('worker started', {
    workerId: id,
    definitions: [...definitions.keys()],
    queues: Object.keys(takers.slots()),
  });
  return {
    id,
    status: () => {
      const running = runner.running().length;
      return {
        running,
        idleMs: running > 0 ? 0 : Date.now() - takers.lastTakenAt().getTime(),
        memoryBytes: vitals.memoryBytes(),
        healthy: canary.healthy(),
      };
    },
    drain,
    stop,
  };
}
