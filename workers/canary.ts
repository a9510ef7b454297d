import { v7 as uuidv7 } from 'uuid';
import { atMost } from '#lib/at-most';
import { log } from '#lib/observability/index';
import { engine, type JobTaker } from '#lib/queues/index';
import { startLoop } from './maintenance/loop.ts';
import type { Takers } from './runner/takers.ts';

/** Knows whether a worker really takes jobs: one that beats may be deaf all the same. */
export type Canary = {
  consumedAt(): Date;
  healthy(): boolean;
  stop(): Promise<void>;
};

type Options = {
  workerId: string;
  takers: Pick<Takers, 'lastTakenAt' | 'restart'>;
  probeEveryMs?: number;
  /** Deaf, when nothing was taken for so long although the queue engine answers. */
  deafAfterMs?: number;
};

const dropTimeoutMs = 2_000;

/** The queue by which a worker proves that it takes jobs; nobody else takes from it. */
export const probeQueue = (workerId: string): string => `probe-${workerId}`;

/** Removes what a worker that crashed has left of its probes; one that stops in order does it itself. */
export async function forgetProbes(workerId: string): Promise<void> {
  await engine()
    .drop(probeQueue(workerId))
    .catch((error: unknown) => log.debug('The probes of a worker could not be removed', { error }));
}

/**
 * Sends the worker a probe through a queue of its own whenever it has taken nothing for a while. When that does not come
 * through either, all takers are opened anew.
 */
export function startCanary({ workerId, takers, probeEveryMs = 10_000, deafAfterMs = 60_000 }: Options): Canary {
  const queue = probeQueue(workerId);
  const probe = { taskId: uuidv7(), gen: 1, name: 'probe', priority: 0 };
  let probedAt = Date.now();
  /** Since when the engine has answered, or the takers are new: before, nobody could take anything. */
  let chanceSince = Date.now();
  let healthy = true;
  let taker = open();

  function open(): JobTaker {
    const take = async (): Promise<void> => {
      probedAt = Date.now();
    };
    return engine().work(queue, take, { slots: 1, ahead: false });
  }

  const consumedAt = (): number => Math.max(probedAt, takers.lastTakenAt().getTime());

  async function round(): Promise<boolean> {
    if (Date.now() - consumedAt() < probeEveryMs) {
      if (!healthy) log.info('The worker takes jobs again');
      healthy = true;
      return false;
    }
    if (!(await engine().ping()).ok) {
      chanceSince = Date.now();
      return false;
    }
    // The same id each time: while one waits, another is none.
    await engine().add(queue, [probe]);
    if (Date.now() - Math.max(consumedAt(), chanceSince) > deafAfterMs) recover();
    return false;
  }

  function recover(): void {
    healthy = false;
    chanceSince = Date.now();
    log.error('The worker takes no jobs although its queue engine answers; it opens its queues anew', { workerId });
    takers.restart();
    void atMost(dropTimeoutMs, taker.close(true));
    taker = open();
  }

  const loop = startLoop({ name: 'The probe of the worker', everyMs: probeEveryMs, round });
  return {
    consumedAt: () => new Date(consumedAt()),
    healthy: () => healthy,
    stop: async () => {
      await loop.stop();
      await atMost(dropTimeoutMs, taker.close(true));
      await atMost(dropTimeoutMs, engine().drop(queue));
    },
  };
}
