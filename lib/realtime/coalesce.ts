type Options<T> = {
  /** What becomes of two items of one key. */
  merge: (earlier: T, later: T) => T;
  /** Sends what came together. Never rejects. */
  send: (items: Map<string, T>) => Promise<void>;
  /** Milliseconds between two sends: 200 is five a second. */
  everyMs: number;
};

export type Coalescer<T> = {
  add(key: string, item: T): void;
  /** Sends what waits and resolves when it is sent: for shutdown. */
  flush(): Promise<void>;
};

/** Sends the first item at once, and what comes within the next `everyMs` together afterwards. */
export function createCoalescer<T>({ merge, send, everyMs }: Options<T>): Coalescer<T> {
  let waiting = new Map<string, T>();
  let busy = false;
  let sending: Promise<void> = Promise.resolve();

  async function sendWaiting(): Promise<void> {
    if (waiting.size === 0) return;
    const items = waiting;
    waiting = new Map();
    await send(items);
  }

  function sendThenPause(): void {
    if (waiting.size === 0) {
      busy = false;
      return;
    }
    sending = sendWaiting();
    void sending.then(() => setTimeout(sendThenPause, everyMs).unref());
  }

  return {
    add(key, item) {
      const earlier = waiting.get(key);
      waiting.set(key, earlier === undefined ? item : merge(earlier, item));
      if (busy) return;
      busy = true;
      // The microtask lets all rows of one statement share the first message.
      queueMicrotask(sendThenPause);
    },
    async flush() {
      await sending;
      await sendWaiting();
    },
  };
}
