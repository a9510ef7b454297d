import type { Metadata } from 'next';
import { DefinitionList } from '#components/definitions/definition-list';
import { foldChanges, readDefinitionRates } from '#lib/stats/index';
import { listDefinitions } from '#lib/tasks/index';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Definitions' };

export default async function DefinitionsPage() {
  await requireMember();
  await foldChanges();
  const [definitions, rates] = await Promise.all([listDefinitions(), readDefinitionRates()]);
  return <DefinitionList initial={definitions} initialRates={rates} />;
}
