type Options<T> = {
  /** What becomes of two items of one key. */
  merge: (earlier: T, later: T) => T;
  /** Sends what came together. Never rejects. */
  send: (items: Map<string, T>) => Promise<void>;
  /** Milliseconds between two sends under steady load: 200 is five a second. */
  everyMs: number;
  /** Sends that may follow one another at once after a quiet time. */
  burst: number;
  /** Keys that wait at most, however long a send hangs. */
  maxKeys?: number;
  /** What is kept of an item that finds no room; without it, nothing. Its keys must be few: they are not counted. */
  beyond?: (item: T) => [key: string, item: T];
};

export type Coalescer<T> = {
  add(key: string, item: T): void;
  /** Sends what waits and resolves when it is sent: for shutdown. */
  flush(): Promise<void>;
};

/**
 * A token bucket before `send`: after a quiet time a few sends go out at once, so that a lone task's start and end are both
 * seen when they happen; under load items collect and go out together, one send every `everyMs`.
 */
export function createCoalescer<T>(options: Options<T>): Coalescer<T> {
  const { merge, send, everyMs, burst, maxKeys = Infinity, beyond } = options;
  let waiting = new Map<string, T>();
  let busy = false;
  let sending: Promise<void> = Promise.resolve();
  let tokens = burst;
  let refilledAt = Date.now();

  function refill(): void {
    const now = Date.now();
    tokens = Math.min(burst, tokens + (now - refilledAt) / everyMs);
    refilledAt = now;
  }

  function keep(key: string, item: T): void {
    const earlier = waiting.get(key);
    waiting.set(key, earlier === undefined ? item : merge(earlier, item));
  }

  async function sendWaiting(): Promise<void> {
    if (waiting.size === 0) return;
    const items = waiting;
    waiting = new Map();
    await send(items);
  }

  function next(): void {
    if (waiting.size === 0) {
      busy = false;
      return;
    }
    refill();
    if (tokens < 1) {
      setTimeout(next, Math.ceil((1 - tokens) * everyMs)).unref();
      return;
    }
    tokens -= 1;
    sending = sendWaiting().finally(next);
  }

  return {
    add(key, item) {
      if (waiting.size < maxKeys || waiting.has(key)) keep(key, item);
      else if (beyond) keep(...beyond(item));
      if (busy) return;
      busy = true;
      // The microtask lets all rows of one statement share the first message.
      queueMicrotask(next);
    },
    async flush() {
      await sending;
      await sendWaiting();
      // One may have begun meanwhile.
      await sending;
    },
  };
}
