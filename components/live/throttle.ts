/**
 * Runs `work` at once, and then not before `ms` have passed since it ended, or as long as it took: calls in between end in one
 * run. So work that becomes slow is asked for less, and never cut off by the next.
 */
export function throttle(work: () => void | Promise<void>, ms: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;

  const rest = (restMs: number): void => {
    busy = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, restMs);
  };
  const run = (): void => {
    again = false;
    busy = true;
    const started = performance.now();
    const done = work();
    if (done) void done.finally(() => rest(Math.max(ms, performance.now() - started)));
    else rest(ms);
  };
  const call = (): void => {
    if (timer === undefined && !busy) run();
    else again = true;
  };
  return Object.assign(call, {
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  });
}
