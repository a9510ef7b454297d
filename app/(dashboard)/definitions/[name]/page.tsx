import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DefinitionPage } from '#components/definitions/definition-page';
import { foldChanges, readStats } from '#lib/stats/index';
import { listDefinitions } from '#lib/tasks/index';
import { definitionWindow, parseWindow } from '../../../../components/overview/window.ts';
import { requireMember } from '../../../session.ts';

type PageProps = {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { title: 'Definition' };

export default async function Page({ params, searchParams }: PageProps) {
  await requireMember();
  const name = decodeURIComponent((await params).name);
  const definition = (await listDefinitions()).find((one) => one.name === name);
  if (!definition) notFound();
  await foldChanges();
  const stats = await readStats(parseWindow((await searchParams).window, definitionWindow), { definition: name });
  return <DefinitionPage key={name} initial={definition} initialStats={stats} />;
}
