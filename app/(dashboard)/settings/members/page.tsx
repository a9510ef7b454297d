import type { Metadata } from 'next';
import { MembersPage } from '#components/members/members-page';
import { ForAdmins } from '#components/shell/for-admins';
import { listMembers, roleIncludes } from '#lib/access/index';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function Page() {
  const { role } = await requireMember();
  if (!roleIncludes(role, 'admin')) return <ForAdmins />;
  return <MembersPage initial={await listMembers()} />;
}
