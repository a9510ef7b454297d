import { db } from '#lib/db/index';
import { log } from '#lib/observability/index';

export type Loop = {
  /** Does a round now; when one is under way, another right after it. */
  wake(): void;
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>;
};

type Options = {
  name: string;
  everyMs: number;
  /** Does one round; true when there is more to do at once. */
  round: () => Promise<boolean>;
  /** A round that leaves more to do is followed by a rest as long as it took: for what may wait, so that tasks need not. */
  rests?: boolean;
};

/** Runs rounds one after the other for ever. A round that fails is logged once and tried again at the next time. */
export function startLoop({ name, everyMs, round, rests = false }: Options): Loop {
  let stopped = false;
  let failing = false;
  let woken = false;
  let endPause = (): void => undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      let more = false;
      woken = false;
      const started = performance.now();
      try {
        more = await round();
        if (failing) log.info(`${name} works again`);
        failing = false;
      } catch (error) {
        if (!failing) log.warn(`${name} fails and goes on trying`, { error });
        failing = true;
      }
      if (stopped || woken) continue;
      if (!more) await pause(everyMs);
      else if (rests) await pause(performance.now() - started);
    }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const done = run();
  return {
    wake: () => {
      woken = true;
      endPause();
    },
    stop: () => {
      stopped = true;
      endPause();
      return done;
    },
  };
}

/**
 * A loop that a NOTIFY on the channel wakes at once; the interval only finds what was missed while the connection was gone.
 *
 * @param concerns whether the payload of a NOTIFY concerns this loop.
 */
export async function startListeningLoop(
  channel: string,
  options: Options,
  concerns: (payload: string) => boolean = () => true,
): Promise<Loop> {
  const loop = startLoop(options);
  const listener = await db().listen(channel, (payload) => {
    if (concerns(payload)) loop.wake();
  });
  return {
    wake: () => loop.wake(),
    stop: async () => {
      await loop.stop();
      await listener.unlisten().catch((error: unknown) => log.debug('unlisten', { error }));
    },
  };
}
