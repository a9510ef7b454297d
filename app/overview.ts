import { listQueues } from '#lib/queues/index';
import { countTasks, recentFailures } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';

/** What the overview shows, for its page and for the API alike. */
export async function readOverview() {
  const [counts, workers, queues, failures] = await Promise.all([
    countTasks(),
    listWorkers(),
    listQueues(),
    recentFailures(),
  ]);
  return { counts, workers, queues, recentFailures: failures };
}
