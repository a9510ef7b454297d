'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { BellOff, MailCheck } from 'lucide-react';
import Link from 'next/link';
import type { BulkOperation } from '#lib/bulk/types';
import { topics } from '#lib/realtime/topics';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { filterHref } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { fetchGroups, type GroupPage } from './calls.ts';
import { headingId } from './focus.ts';
import { GroupRow } from './group-row.tsx';
import { Operations } from './operations.tsx';

/** Grouping reads up to 100,000 dead letters, so not as often as cheaper numbers. */
const refetchEveryMs = 5_000;

type DeadLettersPageProps = { initial: GroupPage; initialOperations: BulkOperation[] };

/** What gave up, by its cause, live. */
export function DeadLettersPage({ initial, initialOperations }: DeadLettersPageProps) {
  const list = useGroups(initial);
  const groups = list.data.pages.flatMap((page) => page.groups);
  return (
    <HydratedFieldset>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-72">
            <h1 id={headingId} tabIndex={-1} className="w-fit rounded-sm text-lg font-semibold tracking-tight">
              Dead letters
            </h1>
            <p className="text-[13px] text-muted-foreground">
              Tasks that failed or were abandoned, one line a cause. They wait here until somebody redrives or dismisses
              them.
            </p>
          </div>
          <Button asChild>
            <Link href={filterHref({ dismissed: 'true' })} prefetch={false}>
              <BellOff /> Dismissed tasks
            </Link>
          </Button>
        </div>
        {list.error ? (
          <Notice tone="error" title={`The list could not be updated. ${describeError(list.error).title}`}>
            {describeError(list.error).hint}
          </Notice>
        ) : null}
        <Operations initial={initialOperations} />
        <Card>
          {groups.length === 0 ? (
            <EmptyState icon={MailCheck} title="No dead letters">
              A task that fails for good, or whose workers died too often, appears here. None has, or each was dealt
              with.
            </EmptyState>
          ) : (
            <ul aria-label="Groups of dead letters, newest first" className="divide-y">
              {groups.map((group) => (
                <GroupRow key={group.fingerprint} group={group} />
              ))}
            </ul>
          )}
        </Card>
        {list.hasNextPage ? (
          <Button className="self-center" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Loading …' : 'Load more'}
          </Button>
        ) : null}
      </div>
    </HydratedFieldset>
  );
}

function useGroups(initial: GroupPage) {
  const refetchInterval = useFallbackInterval();
  useRefetchOn(topics.tasks, keys.deadLetters(), refetchEveryMs);
  return useInfiniteQuery({
    queryKey: keys.deadLetterGroups(),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => fetchGroups(pageParam, signal),
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
    refetchInterval,
  });
}
