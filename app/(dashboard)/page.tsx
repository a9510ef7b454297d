import type { Metadata } from 'next';
import { Overview } from '#components/overview/overview';
import { readOverview } from '../overview.ts';
import { requireMember } from '../session.ts';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  await requireMember();
  return <Overview initial={await readOverview()} />;
}
