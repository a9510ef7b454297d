import { setImmediate as turn } from 'node:timers/promises';

/** Time as a test has it: it stands still until somebody lets it pass. */
export type TestClock = {
  /** Milliseconds that have passed. */
  now(): number;
  /**
   * Lets time pass: what falls due meanwhile happens in its order, and has had its effect when the promise resolves.
   *
   * @param ms milliseconds.
   */
  advance(ms: number): Promise<void>;
};

type Timer = { at: number; act: () => void | Promise<void> };

export type Clock = TestClock & {
  /** Has `act` happen in `ms`; the answer takes it back. */
  after(ms: number, act: Timer['act']): () => void;
};

export function createClock(): Clock {
  const timers = new Set<Timer>();
  let now = 0;

  const nextUpTo = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => now,
    after: (ms, act) => {
      const timer = { at: now + ms, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const end = now + ms;
      // What is under way first gets as far as it does without time.
      await turn();
      for (let timer = nextUpTo(end); timer; timer = nextUpTo(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        await timer.act();
      }
      now = Math.max(now, end);
    },
  };
}
