import { log } from '#lib/observability/index';
import { RestartBackoff } from '#lib/restart-backoff';
import { type Member, startMember } from './member.ts';
import { createPoolMetrics } from './metrics.ts';
import type { PoolSizes } from './sizes.ts';

/** Keeps a number of worker processes alive. */
export type Pool = {
  /** Starts the first processes. */
  start(): void;
  /** Processes wanted. */
  size(): number;
  /** Keeps so many from now on; those that are too many drain. */
  scale(size: number): void;
  metrics(): Promise<{ contentType: string; body: string }>;
  health(): { ok: boolean; body: unknown };
  /** Stops all of them, and resolves when they have ended. */
  stop(): Promise<void>;
};

type Options = {
  id: string;
  /** The file that Node runs for each worker process. */
  program: string;
  sizes: PoolSizes;
  /** One above the minimum stops when it had nothing to do for so long. */
  idleMs: number;
  /** One that holds more drains and is replaced. */
  memoryBytes: number;
  /** The size has changed, by command or because one was idle. */
  onSize: (size: number) => void;
};

/** Longer than a worker takes to stop, shorter than our own supervisor waits. */
const stopTimeoutMs = 47_000;

/** Makes a pool that has not started yet. */
export function createPool({ id, program, sizes, idleMs, memoryBytes, onSize }: Options): Pool {
  const members = new Set<Member>();
  const metrics = createPoolMetrics(members);
  const backoff = new RestartBackoff();
  let wanted = sizes.size;
  let stopping = false;

  const staying = (): Member[] => [...members].filter(({ leaving }) => !leaving);

  function balance(): void {
    if (stopping) return;
    const present = staying();
    for (let count = present.length; count < wanted; count += 1) add();
    const idleFirst = present.toSorted((a, b) => (b.status?.idleMs ?? 0) - (a.status?.idleMs ?? 0));
    for (const member of idleFirst.slice(0, Math.max(0, present.length - wanted))) member.drain();
  }

  function add(): void {
    const member = startMember(program, id, { status: check, leaving: leave });
    members.add(member);
    log.info('A worker process was started', { pid: member.pid, poolId: id });
    void member.exited.then(() => {
      members.delete(member);
      metrics.keep(member);
      if (!member.leaving) startAgain(member);
    });
  }

  /** One that never lives long must not be started in a tight loop. */
  function startAgain({ startedAt }: Member): void {
    if (!stopping) setTimeout(balance, backoff.next(performance.now() - startedAt)).unref();
  }

  function check(member: Member): void {
    if (stopping || member.leaving || !member.status) return;
    if (member.status.memoryBytes > memoryBytes) {
      log.warn('A worker process holds too much memory; it drains and is replaced', {
        pid: member.pid,
        memoryBytes: member.status.memoryBytes,
      });
      member.drain();
      startAgain(member);
    } else if (wanted > sizes.min && member.status.idleMs >= idleMs) {
      log.info('A worker process had nothing to do; it stops', { pid: member.pid });
      scale(wanted - 1);
    }
  }

  /** Somebody told the worker itself to go: after `drain` one less is wanted, after `restart` another one. */
  function leave(member: Member, why: 'drain' | 'restart'): void {
    member.leaving = true;
    if (why === 'drain') scale(Math.max(0, wanted - 1));
    else balance();
  }

  function scale(size: number): void {
    wanted = Math.min(size, sizes.max);
    balance();
    onSize(wanted);
  }

  return {
    start: balance,
    size: () => wanted,
    scale,
    metrics: metrics.text,
    health: () => {
      const workers = [...members].map(({ pid, workerId, status, leaving }) => ({ pid, workerId, leaving, ...status }));
      const serving = staying().some(({ workerId, status }) => workerId !== undefined && status?.healthy !== false);
      return { ok: wanted === 0 || serving, body: { pool: id, size: wanted, workers } };
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...members].map((member) => member.stop(stopTimeoutMs)));
    },
  };
}
