import { cleanUp } from './cleanup.ts';
import { type Loop, startLoop } from './loop.ts';
import { createReaper } from './reaper.ts';
import { relay } from './relay.ts';

/** Starts the loops that keep the system true. Any number of workers may run them: rows in work are skipped. */
export function startMaintenance(): Loop {
  const loops = [
    startLoop({ name: 'The relay', everyMs: 200, round: relay }),
    startLoop({ name: 'The reaper', everyMs: 2_000, round: createReaper() }),
    startLoop({ name: 'The cleanup', everyMs: 60_000, round: cleanUp }),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}
