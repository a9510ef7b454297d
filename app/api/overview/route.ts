import { listQueues } from '#lib/queues/index';
import { countTasks, listTasks } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';
import { handle } from '../handle.ts';

const recent = 5;

export const GET = handle({ role: 'viewer', route: '/api/overview' }, async () => {
  const [counts, workers, queues, failures] = await Promise.all([
    countTasks(),
    listWorkers(),
    listQueues(),
    listTasks({ states: ['failed', 'abandoned'], limit: recent }),
  ]);
  return Response.json({ counts, workers, queues, recentFailures: failures.tasks });
});
