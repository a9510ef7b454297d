import type { Metadata } from 'next';
import { ApiDocsPage } from '#components/api-docs/api-docs-page';
import { apiDocument } from '../../api/openapi.ts';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'API' };

export default async function Page() {
  await requireMember();
  return <ApiDocsPage document={apiDocument()} />;
}
