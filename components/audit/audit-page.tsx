'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { AuditEntry } from '#lib/audit/types';
import { request } from '../api/http.ts';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { AuditFilters, type AuditChoices } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { type AuditFilter, auditHref, auditQuery } from './filter.ts';

type AuditPageData = { entries: AuditEntry[]; nextCursor: string | null };

type AuditPageProps = { filter: AuditFilter; initial: AuditPageData; choices: AuditChoices };

/** Who did what. */
export function AuditPage({ filter, initial, choices }: AuditPageProps) {
  const router = useRouter();
  const show = (next: AuditFilter) => router.replace(auditHref(next), { scroll: false });
  return (
    <HydratedFieldset>
      <div className="flex flex-col gap-4">
        <div>
          <h1 className="text-lg font-semibold tracking-tight">Audit log</h1>
          <p className="text-[13px] text-muted-foreground">Who changed what, newest first. Kept for a year.</p>
        </div>
        <AuditFilters filter={filter} choices={choices} onChange={show} />
        <Entries key={auditHref(filter)} filter={filter} initial={initial} onClear={() => router.replace('/audit')} />
      </div>
    </HydratedFieldset>
  );
}

type EntriesProps = { filter: AuditFilter; initial: AuditPageData; onClear(): void };

function Entries({ filter, initial, onClear }: EntriesProps) {
  const [query] = useState(() => auditQuery(filter, Date.now()));
  const list = useInfiniteQuery({
    queryKey: keys.audit(auditHref(filter)),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ ...query, ...(pageParam && { cursor: pageParam }) });
      return request<AuditPageData>(`/api/audit?${asked}`, { signal });
    },
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
  });
  const entries = list.data.pages.flatMap((page) => page.entries);
  return (
    <>
      {list.error ? (
        <Notice tone="error" title={`The log could not be read. ${describeError(list.error).title}`}>
          {describeError(list.error).hint}
        </Notice>
      ) : null}
      <Card>
        {entries.length === 0 ? (
          <NoEntries filtered={auditHref(filter) !== '/audit'} onClear={onClear} />
        ) : (
          <ul aria-label="Entries, newest first" className="divide-y">
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
      </Card>
      {list.hasNextPage ? (
        <Button className="self-center" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading …' : 'Load more'}
        </Button>
      ) : null}
    </>
  );
}

function NoEntries({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (!filtered)
    return (
      <EmptyState icon={ScrollText} title="Nothing was changed yet">
        Whatever a member, an API key or a task changes is written down here.
      </EmptyState>
    );
  return (
    <EmptyState icon={ScrollText} title="No entry fits" action={<Button onClick={onClear}>Clear filters</Button>}>
      Nobody did that, or not at that time.
    </EmptyState>
  );
}
