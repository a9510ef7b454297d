import type { Metadata } from 'next';
import { Overview } from '#components/overview/overview';
import { defaultWindow, parseWindow } from '../../components/overview/window.ts';
import { readOverview } from '../overview.ts';
import { requireMember } from '../session.ts';

export const metadata: Metadata = { title: 'Overview' };

type OverviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  await requireMember();
  const window = parseWindow((await searchParams).window, defaultWindow);
  return <Overview window={window} initial={await readOverview(window)} />;
}
