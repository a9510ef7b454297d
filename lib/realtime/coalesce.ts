type Options<T> = {
  /** Items of one key replace or join one another. */
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
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  function sendWaiting(): void {
    if (waiting.size === 0) {
      timer = undefined;
      return;
    }
    const items = waiting;
    waiting = new Map();
    sending = send(items);
    timer = setTimeout(() => void sending?.then(sendWaiting), everyMs);
    timer.unref();
  }

  return {
    add(key, item) {
      const earlier = waiting.get(key);
      waiting.set(key, earlier === undefined ? item : merge(earlier, item));
      // The microtask lets all rows of one statement share the first message.
      if (!timer) {
        timer = setTimeout(() => undefined, 0);
        queueMicrotask(sendWaiting);
      }
    },
    async flush() {
      clearTimeout(timer);
      await sending;
      sendWaiting();
      clearTimeout(timer);
      timer = undefined;
      await sending;
    },
  };
}
