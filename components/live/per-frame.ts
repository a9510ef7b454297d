/** Longer than a frame takes; a page in the background has no frames. */
const lateMs = 250;

/** Collects what comes and hands it over together, once in a frame: however many messages, the page is drawn once. */
export function perFrame<Item>(work: (items: Item[]) => void): { add(items: readonly Item[]): void; cancel(): void } {
  let waiting: Item[] = [];
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const cancel = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
    waiting = [];
  };
  const run = () => {
    const items = waiting;
    cancel();
    work(items);
  };
  return {
    add: (items) => {
      waiting.push(...items);
      if (frame !== undefined) return;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, lateMs);
    },
    cancel,
  };
}
