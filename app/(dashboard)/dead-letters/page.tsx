import type { Metadata } from 'next';
import { DeadLettersPage } from '#components/dead-letters/dead-letters-page';
import { listBulk } from '#lib/bulk/index';
import { listDeadLetterGroups } from '#lib/tasks/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function Page() {
  await requireMember();
  const [groups, { operations }] = await Promise.all([listDeadLetterGroups(), listBulk({ limit: 50 })]);
  return <DeadLettersPage initial={groups} initialOperations={operations} />;
}
