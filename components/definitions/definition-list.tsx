'use client';

import { CircleOff, PackageOpen } from 'lucide-react';
import Link from 'next/link';
import { useRef } from 'react';
import type { DefinitionRates } from '#lib/stats/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import { describeError } from '../api/problem.ts';
import { useDefinitions } from '../api/queries.ts';
import { useRowKeys } from '../tasks/use-row-keys.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { DayOf } from './day-of.tsx';
import { useDefinitionRates } from './use-stats.ts';

type DefinitionListProps = { initial: DefinitionInfo[]; initialRates: DefinitionRates[] };

/** Every task type that a worker has registered. */
export function DefinitionList({ initial, initialRates }: DefinitionListProps) {
  const { data: definitions = initial, error } = useDefinitions({ initial });
  const rates = useDefinitionRates(initialRates);
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-lg font-semibold tracking-tight">Definitions</h1>
      {error ? (
        <Notice tone="error" title={`The list could not be updated. ${describeError(error).title}`}>
          {describeError(error).hint}
        </Notice>
      ) : null}
      <Card>
        {definitions.length === 0 ? (
          <EmptyState icon={PackageOpen} title="No task types yet">
            A worker registers its task types when it starts. Start one, and they appear here.
          </EmptyState>
        ) : (
          <ul ref={list} className="divide-y">
            {definitions.map((definition) => (
              <DefinitionRow
                key={definition.name}
                definition={definition}
                rates={rates.find((one) => one.definition === definition.name)}
              />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

type DefinitionRowProps = { definition: DefinitionInfo; rates: DefinitionRates | undefined };

function DefinitionRow({ definition, rates }: DefinitionRowProps) {
  const { name, title, description, queue, active } = definition;
  return (
    <li className="relative flex items-start gap-4 px-4 py-3 text-[13px] transition-colors hover:bg-accent/60 has-[a:focus-visible]:bg-accent">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={`/definitions/${encodeURIComponent(name)}`}
            prefetch={false}
            data-task-row
            className="font-medium after:absolute after:inset-0"
          >
            {title}
          </Link>
          <span className="font-mono text-xs break-all text-muted-foreground">{name}</span>
          {active ? null : <Inactive />}
        </p>
        {description ? <p className="line-clamp-2 text-muted-foreground">{description}</p> : null}
      </div>
      {rates ? <DayOf rates={rates} /> : null}
      <span className="max-w-28 shrink-0 truncate text-xs text-muted-foreground">{queue}</span>
    </li>
  );
}

/** Marks a task type that takes no new tasks. */
export function Inactive() {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-warn">
      <CircleOff aria-hidden className="size-3.5" /> not active
    </span>
  );
}
