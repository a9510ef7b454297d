import { queueSettings } from '#lib/queues/index';
import { foldChanges, readFailureGroups, readQueueLevels, readQueueRates, readStats } from '#lib/stats/index';
import type { QueueState, StatsWindow } from '#lib/stats/types';
import { countTasks, dueNext, longestRunning } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';

/** What the overview shows, for its page and for the API alike. */
export async function readOverview(window: StatsWindow) {
  // What was noted this second is to be in the rates too: nobody might ask again.
  await foldChanges();
  const stats = readStats(window);
  const [counts, queues, workers, failures, longest, due] = await Promise.all([
    countTasks(),
    readQueueStates(),
    listWorkers(),
    stats.then(({ from }) => readFailureGroups(new Date(from))),
    longestRunning(),
    dueNext(),
  ]);
  return { counts, stats: await stats, queues, workers, failures, longestRunning: longest, dueNext: due };
}

async function readQueueStates(): Promise<QueueState[]> {
  const [settings, levels, rates] = await Promise.all([queueSettings(), readQueueLevels(), readQueueRates()]);
  return settings.map(({ name, paused, draining }) => ({
    paused,
    draining,
    waiting: 0,
    running: 0,
    oldestWaitingSeconds: null,
    submittedPerMinute: 0,
    endedPerMinute: 0,
    ...rates.find(({ queue }) => queue === name),
    ...levels.find(({ queue }) => queue === name),
    queue: name,
  }));
}
