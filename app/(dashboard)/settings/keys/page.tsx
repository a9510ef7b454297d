import type { Metadata } from 'next';
import { KeysPage } from '#components/keys/keys-page';
import { ForAdmins } from '#components/shell/for-admins';
import { listApiKeys, roleIncludes } from '#lib/access/index';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'API keys' };

export default async function Page() {
  const { role } = await requireMember();
  if (!roleIncludes(role, 'admin')) return <ForAdmins />;
  return <KeysPage initial={await listApiKeys()} />;
}
