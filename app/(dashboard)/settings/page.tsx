import { redirect } from 'next/navigation';
import { roleIncludes } from '#lib/access/index';
import { requireMember } from '../../session.ts';

/** The first part that the reader may open. */
export default async function SettingsPage() {
  const { role } = await requireMember();
  redirect(roleIncludes(role, 'admin') ? '/settings/members' : '/settings/appearance');
}
