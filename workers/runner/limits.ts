import { TaskTimeout } from './classify.ts';

export type Limits = {
  /** The handler begins: its time counts from here. */
  begin(): void;
  /** The handler gave a sign of life. */
  alive(): void;
  stop(): void;
};

/** How time passes, in milliseconds; a test may have its own. */
export type Time = {
  now(): number;
  /** Has `act` happen in `ms`; the answer takes it back. */
  after(ms: number, act: () => void): () => void;
};

const realTime: Time = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** Aborts an attempt that takes longer than `timeoutMs`, or gives no sign of life for `heartbeatMs`. */
export function createLimits(
  { timeoutMs, heartbeatMs }: { timeoutMs: number; heartbeatMs: number | null },
  controller: AbortController,
  time: Time = realTime,
): Limits {
  let aliveAt = 0;
  let stopTimeout = (): void => undefined;
  let stopSilence = (): void => undefined;

  const end = (message: string) => controller.abort(new TaskTimeout(message));

  // One timer for many signs of life: it looks how long ago the last one was.
  function listen(limitMs: number, isLast = false): void {
    const silentMs = time.now() - aliveAt;
    if (silentMs < limitMs) stopSilence = time.after(limitMs - silentMs, () => listen(limitMs));
    // What came while this thread was busy is heard first.
    else if (!isLast) stopSilence = time.after(0, () => listen(limitMs, true));
    else end(`The handler gave no sign of life for ${limitMs} ms: no heartbeat, progress or log line.`);
  }

  return {
    begin: () => {
      stopTimeout = time.after(timeoutMs, () => end(`The attempt took longer than its ${timeoutMs} ms.`));
      aliveAt = time.now();
      if (heartbeatMs !== null) listen(heartbeatMs);
    },
    alive: () => {
      aliveAt = time.now();
    },
    stop: () => {
      stopTimeout();
      stopSilence();
    },
  };
}
