import type { Metadata } from 'next';
import { AppearancePage } from '#components/settings/appearance-page';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'Appearance' };

export default async function Page() {
  await requireMember();
  return <AppearancePage />;
}
