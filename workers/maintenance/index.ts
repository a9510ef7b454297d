import { stepBulk } from '#lib/bulk/index';
import { foldChanges, forgetRollups } from '#lib/stats/index';
import { createAdmission, createDependencySweep, createRetention, expireTasks } from '#lib/tasks/index';
import { cleanUp } from './cleanup.ts';
import { indexTasks } from './index-tasks.ts';
import { checkLimits } from './limits.ts';
import { type Loop, startLoop } from './loop.ts';
import { createReaper } from './reaper.ts';
import { relay } from './relay.ts';

/** Starts the loops that keep the system true. Any number of workers may run them: rows in work are skipped. */
export function startMaintenance(): Pick<Loop, 'stop'> {
  const loops = [
    startLoop({ name: 'The relay', everyMs: 200, round: relay }),
    startLoop({ name: 'The admission by concurrency keys', everyMs: 200, round: createAdmission() }),
    startLoop({ name: 'The expiry of tasks', everyMs: 1_000, round: expireTasks }),
    startLoop({ name: 'The sweep of dependencies', everyMs: 5_000, round: createDependencySweep() }),
    startLoop({ name: 'The reaper', everyMs: 2_000, round: createReaper() }),
    startLoop({ name: 'The check of queue limits', everyMs: 5_000, round: checkLimits }),
    startLoop({ name: 'The bulk operations', everyMs: 500, round: stepBulk }),
    startLoop({ name: 'The search index', everyMs: 200, round: indexTasks }),
    startLoop({ name: 'The retention of tasks', everyMs: 60_000, round: createRetention() }),
    startLoop({ name: 'The fold of statistics', everyMs: 1_000, round: foldChanges, rests: true }),
    startLoop({ name: 'The retention of statistics', everyMs: 600_000, round: forgetRollups }),
    startLoop({ name: 'The cleanup', everyMs: 60_000, round: cleanUp }),
  ];
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}
