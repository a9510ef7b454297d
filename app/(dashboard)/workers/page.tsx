import type { Metadata } from 'next';
import { WorkersPage } from '#components/workers/workers-page';
import { listPools, listWorkers } from '#lib/workers/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Workers' };

export default async function Page() {
  await requireMember();
  const [workers, pools] = await Promise.all([listWorkers(), listPools()]);
  return <WorkersPage initial={{ workers, pools }} />;
}
