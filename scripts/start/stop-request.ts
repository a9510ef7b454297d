/** A terminal sends Ctrl-C to us and to npm, which passes it on: two signals within this time are one wish. */
const oneWishMs = 700;
const parentCheckMs = 1_000;

type Handlers = { first(why: string): void; again(): void };

/** Calls `first` for the first wish to stop, from a signal or because who started us is gone, and `again` for each later one. */
export function onStopRequest({ first, again }: Handlers): void {
  let lastWish: number | undefined;
  const wish = (why: string) => {
    const now = performance.now();
    if (lastWish === undefined) first(why);
    else if (now - lastWish < oneWishMs) return;
    else again();
    lastWish = now;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => wish(signal === 'SIGINT' ? 'Ctrl-C' : signal));
  // A closed terminal must not end us half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  if (process.env.TASKDECK_BOOTSTRAP !== String(process.ppid)) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    wish('the process that started it is gone');
  }, parentCheckMs).unref();
}
