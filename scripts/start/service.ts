import { setTimeout as delay } from 'node:timers/promises';
import { RestartBackoff } from '#lib/restart-backoff';
import type { Exit, Running } from './child.ts';
import { StartProblem } from './problem.ts';
import { removeRecord, writeRecord } from './process-record.ts';
import { say, seconds } from './screen.ts';
import { lastLines } from './log-file.ts';

export type ServiceOptions = {
  name: string;
  start(): Promise<Running>;
  /** Whether it answers. Never rejects. */
  healthy(): Promise<boolean>;
  /** Where its process is written down for the next start, should this one be killed. */
  recordFile?: string;
  logFile: string;
  /** How long it may take to answer for the first time. */
  patienceMs: number;
};

/** A server that is kept running until it is told to stop. */
export type Service = {
  readonly name: string;
  /** Ends it for good; harmless when called twice or before it runs. */
  stop(): Promise<void>;
  /** Ends it for good and at once. */
  kill(): void;
};

const pollMs = 100;

/**
 * Starts a server, waits until it answers, and from then on starts it again whenever it ends.
 * @throws StartProblem when it ends or stays silent on the first start; what it last wrote is part of the message
 */
export async function startService(options: ServiceOptions, signal: AbortSignal): Promise<Service> {
  const first = await launch(options);
  const service = keepRunning(options, first);
  const failure = await untilHealthy(options, first, signal);
  if (failure === undefined) return service;
  await service.stop();
  throw failure;
}

async function launch(options: ServiceOptions): Promise<Running> {
  const running = await options.start();
  if (options.recordFile !== undefined) writeRecord(options.recordFile, running.pid);
  return running;
}

/** Polls until it answers. Returns why it does not. */
async function untilHealthy(
  options: ServiceOptions,
  running: Running,
  signal: AbortSignal,
): Promise<Error | undefined> {
  let exit: Exit | undefined;
  void running.exited.then((how) => (exit = how));
  for (const end = Date.now() + options.patienceMs; Date.now() < end; await delay(pollMs)) {
    if (signal.aborted) return new Error('interrupted');
    if (exit) return problem(options, `ended (${exitText(exit)})`);
    if (await options.healthy()) return undefined;
  }
  return problem(options, `does not answer after ${seconds(options.patienceMs)}`);
}

function problem({ name, logFile }: ServiceOptions, what: string): StartProblem {
  const tail = lastLines(logFile, 20);
  return new StartProblem(`${name} ${what}`, `Its log is ${logFile}${tail ? ` and ends:\n${tail}` : '.'}`);
}

export const exitText = ({ code, signal }: Exit): string => (signal ? `signal ${signal}` : `exit code ${code}`);

function keepRunning(options: ServiceOptions, first: Running): Service {
  const { name } = options;
  const stopping = new AbortController();
  let current: Running | undefined = first;
  let killed = false;

  /** Ends when the service is to stop and its process has ended. */
  async function watch(): Promise<void> {
    const backoff = new RestartBackoff();
    let startedAt = Date.now();
    while (current) {
      const exit = await current.exited;
      current = undefined;
      if (stopping.signal.aborted) break;
      const waitMs = backoff.next(Date.now() - startedAt);
      say(
        `! ${name} ended (${exitText(exit)}); it is started again in ${seconds(waitMs)}. Its log: ${options.logFile}`,
      );
      current = await relaunch(waitMs, backoff);
      startedAt = Date.now();
      if (current) void announceHealth(current);
    }
    if (options.recordFile !== undefined) removeRecord(options.recordFile);
  }

  async function relaunch(firstWaitMs: number, backoff: RestartBackoff): Promise<Running | undefined> {
    for (let waitMs = firstWaitMs; ; waitMs = backoff.next(0)) {
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return undefined;
      try {
        const started = await launch(options);
        if (!stopping.signal.aborted) return started;
        // Told to stop while it was being started.
        if (killed) started.kill();
        else await started.stop();
        return undefined;
      } catch (error) {
        say(`! ${name} could not be started: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  async function announceHealth(running: Running): Promise<void> {
    const failure = await untilHealthy(options, running, stopping.signal);
    if (failure === undefined) say(`✓ ${name} runs again`);
  }

  const watching = watch();
  return {
    name,
    async stop() {
      stopping.abort();
      await current?.stop();
      await watching;
    },
    kill() {
      killed = true;
      stopping.abort();
      current?.kill();
    },
  };
}
