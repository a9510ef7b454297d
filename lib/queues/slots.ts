type Waiting = { enter: (admitted: boolean) => void; since: number };

/** Room for the bodies of one queue in this process, and those who wait for it, first come first served. */
export type Slots = {
  /** True when there is a slot; false when it was turned away before. */
  enter(): Promise<boolean>;
  /** Gives a slot to the next. */
  leave(): void;
  /** So many from now on. Fewer than are taken: those stay until they leave. */
  resize(slots: number): void;
  /** Turns away those who have waited that long. */
  turnAway(waitedMs: number): void;
  /** How many have entered since it was last asked. */
  takeEntered(): number;
};

export function createSlots(size: number): Slots {
  let slots = size;
  let taken = 0;
  let entered = 0;
  let waiting: Waiting[] = [];

  function admit(): void {
    const room = Math.max(0, slots - taken);
    const next = waiting.slice(0, room);
    if (next.length === 0) return;
    waiting = waiting.slice(next.length);
    taken += next.length;
    entered += next.length;
    for (const { enter } of next) enter(true);
  }

  return {
    enter: () =>
      new Promise((enter) => {
        waiting.push({ enter, since: performance.now() });
        admit();
      }),
    leave: () => {
      taken -= 1;
      admit();
    },
    resize: (next) => {
      slots = next;
      admit();
    },
    turnAway: (waitedMs) => {
      const before = performance.now() - waitedMs;
      const away = waiting.filter(({ since }) => since <= before);
      waiting = waiting.filter(({ since }) => since > before);
      for (const { enter } of away) enter(false);
    },
    takeEntered: () => {
      const count = entered;
      entered = 0;
      return count;
    },
  };
}
