import type { Metadata } from 'next';
import { ApiDocsPage } from '#components/api-docs/api-docs-page';
import { roleIncludes } from '#lib/access/index';
import { apiDocument } from '../../api/openapi.ts';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'API' };

export default async function Page() {
  const { role } = await requireMember();
  return <ApiDocsPage document={apiDocument()} mayMakeKeys={roleIncludes(role, 'admin')} />;
}
