import type { Metadata } from 'next';
import { QueuesPage } from '#components/queues/queues-page';
import { listQueues } from '#lib/queues/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Queues' };

export default async function Page() {
  await requireMember();
  return <QueuesPage initial={await listQueues()} />;
}
