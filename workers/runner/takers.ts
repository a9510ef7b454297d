import { atMost } from '#lib/at-most';
import {
  engine,
  type JobData,
  type JobProcessor,
  type JobTaker,
  type QueueSettings,
  type Taking,
} from '#lib/queues/index';

/** A queue to take from, how many of its tasks to run at once, and what limits it over all workers. */
export type QueueSlots = Pick<QueueSettings, 'name' | 'concurrency'> &
  Partial<Pick<QueueSettings, 'serial' | 'globalConcurrency' | 'rateLimit'>>;

/** What takes the jobs of a worker, one taker a queue; all of it may change while it runs. */
export type Takers = {
  /** Takes from these queues from now on, with so many slots each. */
  configure(queues: QueueSlots[]): void;
  /** Slots of a queue, or of each, whatever its settings say; null: what they say. */
  setSlots(slots: number | null, queue?: string): void;
  /** Slots by queue. */
  slots(): Record<string, number>;
  /** Takes no more; what runs goes on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Opens every taker anew: they may have gone deaf. */
  restart(): void;
  /** Resolves when nothing runs; meant for a time in which nothing is taken. */
  idle(): Promise<void>;
  lastTakenAt(): Date;
  /** For good. `force` does not wait for what runs. */
  close(force?: boolean): Promise<void>;
};

const closeTimeoutMs = 3_000;

/** Starts without queues; `configure` names them. `process` runs one job to its end. */
export function createTakers(process: JobProcessor): Takers {
  const takers = new Map<string, JobTaker>();
  /** Set by command, over the settings. */
  const own = new Map<string, number>();
  let queues: QueueSlots[] = [];
  let paused = false;
  let closed = false;
  let taken = 0;
  let lastTakenAt = Date.now();
  let becameIdle = (): void => undefined;

  async function run(job: JobData, leave: () => void): Promise<void> {
    lastTakenAt = Date.now();
    taken += 1;
    try {
      await process(job, leave);
    } finally {
      taken -= 1;
      if (taken === 0) becameIdle();
    }
  }

  function open(name: string, taking: Taking): JobTaker {
    const taker = engine().work(name, run, taking);
    if (paused) void taker.pause();
    return taker;
  }

  const slotsOf = ({ name, concurrency }: QueueSlots): number => own.get(name) ?? concurrency;
  // A job that is taken ahead would take a place, and the turn of another, where these count.
  const takingOf = (queue: QueueSlots): Taking => ({
    slots: slotsOf(queue),
    ahead: !queue.serial && !queue.globalConcurrency && !queue.rateLimit,
  });

  function apply(): void {
    if (closed) return;
    for (const queue of queues) {
      const taker = takers.get(queue.name);
      if (taker) taker.setTaking(takingOf(queue));
      else takers.set(queue.name, open(queue.name, takingOf(queue)));
    }
    const wanted = new Set(queues.map(({ name }) => name));
    for (const [name, taker] of takers) {
      if (wanted.has(name)) continue;
      takers.delete(name);
      void closeSoon(taker);
    }
  }

  return {
    configure: (next) => {
      queues = next;
      apply();
    },
    setSlots: (slots, only) => {
      for (const { name } of queues.filter((queue) => only === undefined || queue.name === only)) {
        if (slots === null) own.delete(name);
        else own.set(name, slots);
      }
      apply();
    },
    slots: () => Object.fromEntries(queues.map((queue) => [queue.name, slotsOf(queue)])),
    pause: async () => {
      paused = true;
      await Promise.all([...takers.values()].map((taker) => taker.pause()));
    },
    resume: async () => {
      paused = false;
      await Promise.all([...takers.values()].map((taker) => taker.resume()));
    },
    restart: () => {
      if (closed) return;
      for (const taker of takers.values()) void closeSoon(taker);
      takers.clear();
      apply();
    },
    idle: () => (taken === 0 ? Promise.resolve() : new Promise((resolve) => (becameIdle = resolve))),
    lastTakenAt: () => new Date(lastTakenAt),
    close: async (force) => {
      closed = true;
      await Promise.allSettled([...takers.values()].map((taker) => taker.close(force)));
    },
  };
}

/** A job whose taker is closed by force is not acked; BullMQ hands it out again, and the claim refuses it. */
async function closeSoon(taker: JobTaker): Promise<void> {
  if (!(await atMost(closeTimeoutMs, taker.close()))) await atMost(closeTimeoutMs, taker.close(true));
}
