import type { Metadata } from 'next';
import { RetentionPage } from '#components/settings/retention-page';
import { ForAdmins } from '#components/shell/for-admins';
import { roleIncludes } from '#lib/access/index';
import { listDefinitions } from '#lib/tasks/index';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'Retention' };

export default async function Page() {
  const { role } = await requireMember();
  if (!roleIncludes(role, 'admin')) return <ForAdmins />;
  return <RetentionPage initial={await listDefinitions()} />;
}
