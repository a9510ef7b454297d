import type { Metadata } from 'next';
import { DefinitionList } from '#components/definitions/definition-list';
import { listDefinitions } from '#lib/tasks/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Definitions' };

export default async function DefinitionsPage() {
  await requireMember();
  return <DefinitionList initial={await listDefinitions()} />;
}
