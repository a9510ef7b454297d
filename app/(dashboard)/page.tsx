import type { Metadata } from 'next';
import { Overview } from '#components/overview/overview';
import { listQueues } from '#lib/queues/index';
import { countTasks, listTasks } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';
import { requireMember } from '../session.ts';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  await requireMember();
  const [counts, workers, queues, failures] = await Promise.all([
    countTasks(),
    listWorkers(),
    listQueues(),
    listTasks({ states: ['failed', 'abandoned'], limit: 5 }),
  ]);
  return <Overview initial={{ counts, workers, queues, recentFailures: failures.tasks }} />;
}
