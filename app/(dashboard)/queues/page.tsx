import type { Metadata } from 'next';
import { QueuesPage } from '#components/queues/queues-page';
import { listQueues } from '#lib/queues/index';
import { foldChanges, readQueueRates } from '#lib/stats/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Queues' };

export default async function Page() {
  await requireMember();
  await foldChanges();
  const [queues, rates] = await Promise.all([listQueues(), readQueueRates()]);
  return <QueuesPage initial={queues} initialRates={rates} />;
}
