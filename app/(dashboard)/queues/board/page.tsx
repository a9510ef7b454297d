import type { Metadata } from 'next';
import { BoardFrame } from '#components/board/board-frame';
import { ForAdmins } from '#components/shell/for-admins';
import { roleIncludes } from '#lib/access/index';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'Bull Board' };

type BoardPageProps = { searchParams: Promise<{ at?: string | string[] }> };

export default async function Page({ searchParams }: BoardPageProps) {
  const { role } = await requireMember();
  if (!roleIncludes(role, 'admin')) return <ForAdmins />;
  const { at } = await searchParams;
  return <BoardFrame at={typeof at === 'string' && isQueuePath(at) ? at : ''} />;
}

/** A queue's page of the board; nothing else may be named in our address. */
const isQueuePath = (at: string): boolean => /^\/queue\/[a-z][a-z0-9-]{0,39}$/.test(at);
