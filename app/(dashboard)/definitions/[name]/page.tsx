import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DefinitionPage } from '#components/definitions/definition-page';
import { listDefinitions } from '#lib/tasks/index';
import { requireMember } from '../../../session.ts';

type PageProps = { params: Promise<{ name: string }> };

export const metadata: Metadata = { title: 'Definition' };

export default async function Page({ params }: PageProps) {
  await requireMember();
  const name = decodeURIComponent((await params).name);
  const definition = (await listDefinitions()).find((one) => one.name === name);
  if (!definition) notFound();
  return <DefinitionPage key={name} initial={definition} />;
}
