import { type ChildProcess, fork } from 'node:child_process';
import { log, type MetricsSnapshot } from '#lib/observability/index';
import { poolVariable, toPoolSchema, type ToWorker, type WorkerStatus } from './messages.ts';

/** A pool's side of one of its worker processes. */
export type Member = {
  readonly pid: number | undefined;
  readonly startedAt: number;
  /** The worker's id, once it has started. */
  workerId: string | undefined;
  status: WorkerStatus | undefined;
  /** It goes by itself; another one counts in its stead. */
  leaving: boolean;
  /** Lets it finish what it runs. */
  drain(): void;
  /** Its metrics now; undefined when it does not answer in time. */
  metrics(timeoutMs: number): Promise<MetricsSnapshot | undefined>;
  /** Has it give back what it does not finish within its grace; after `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
  exited: Promise<void>;
};

type Events = {
  status(member: Member): void;
  leaving(member: Member, why: 'drain' | 'restart'): void;
};

/**
 * Starts a worker process.
 *
 * @param program the file that Node runs.
 */
export function startMember(program: string, poolId: string, events: Events): Member {
  const child = fork(program, {
    env: { ...process.env, [poolVariable]: poolId },
    // Infinity and NaN, which metrics hold, are not JSON.
    serialization: 'advanced',
  });
  const requests = new Map<number, (snapshot: MetricsSnapshot) => void>();
  let lastRequest = 0;
  const send = (message: ToWorker): void => {
    if (child.connected) child.send(message, ignoreEnd);
  };
  const member: Member = {
    pid: child.pid,
    startedAt: performance.now(),
    workerId: undefined,
    status: undefined,
    leaving: false,
    drain: () => {
      member.leaving = true;
      send({ type: 'drain' });
    },
    metrics: (timeoutMs) => {
      const request = (lastRequest += 1);
      send({ type: 'metrics', request });
      return new Promise((resolve) => {
        const late = setTimeout(() => answer(undefined), timeoutMs);
        const answer = (snapshot: MetricsSnapshot | undefined): void => {
          clearTimeout(late);
          requests.delete(request);
          resolve(snapshot);
        };
        requests.set(request, answer);
      });
    },
    stop: async (graceMs) => {
      member.leaving = true;
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await member.exited;
      clearTimeout(impatience);
    },
    exited: exitOf(child),
  };

  child.on('message', (sent) => {
    const { success, data: message } = toPoolSchema.safeParse(sent);
    if (!success) return;
    if (message.type === 'started') member.workerId = message.workerId;
    if (message.type === 'metrics') requests.get(message.request)?.(message.snapshot);
    if (message.type === 'leaving') events.leaving(member, message.why);
    if (message.type === 'status') {
      member.status = message.status;
      events.status(member);
    }
  });
  return member;
}

/** A process that could not be started has ended, too. */
function exitOf(child: ChildProcess): Promise<void> {
  child.on('error', (error) => log.error('A worker process could not be started or told', { error, pid: child.pid }));
  if (child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      log.info('A worker process has ended', { pid: child.pid, code, signal });
      resolve();
    });
  });
}

/** The process may have ended just now, which its exit tells. */
function ignoreEnd(error: Error | null): void {
  if (error) log.debug('A worker process could not be told', { error });
}
