import { log } from '#lib/observability/index';

export type Loop = { stop(): Promise<void> };

type Options = {
  name: string;
  everyMs: number;
  /** Does one round; true when there is more to do at once. */
  round: () => Promise<boolean>;
};

/** Runs rounds one after the other for ever. A round that fails is logged once and tried again at the next time. */
export function startLoop({ name, everyMs, round }: Options): Loop {
  let stopped = false;
  let failing = false;
  let wake = (): void => undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      let more = false;
      try {
        more = await round();
        if (failing) log.info(`${name} works again`);
        failing = false;
      } catch (error) {
        if (!failing) log.warn(`${name} fails and goes on trying`, { error });
        failing = true;
      }
      if (!more && !stopped) await pause();
    }
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const done = run();
  return {
    stop: () => {
      stopped = true;
      wake();
      return done;
    },
  };
}
