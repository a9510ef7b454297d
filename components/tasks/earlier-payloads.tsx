'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { fetchRevisions } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { JsonDiff } from '../json/json-diff.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { visibleText } from './visible-text.ts';

/** The payloads that redrives have replaced, each by what its successor changed. */
export function EarlierPayloads({ task }: { task: TaskView }) {
  const { data: revisions = [] } = useQuery({
    queryKey: keys.revisions(task.id),
    queryFn: ({ signal }) => fetchRevisions(task.id, signal),
    enabled: task.revisions > 0,
  });
  if (task.revisions === 0 || revisions.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Earlier payloads</CardTitle>
      </CardHeader>
      <ul className="divide-y">
        {revisions.map(({ revision, payload, replacedAt, replacedBy, replacedByName }, index) => (
          <li key={revision}>
            <details className="group">
              <summary className="flex list-none items-center gap-2 px-4 py-2 text-[13px]">
                <ChevronRight
                  aria-hidden
                  className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
                />
                <span className="min-w-0 flex-1 break-words">
                  Replaced by {visibleText(replacedByName ?? replacedBy)}
                </span>
                <RelativeTime at={replacedAt} className="shrink-0 text-xs text-muted-foreground" />
              </summary>
              <div className="px-4 pb-3">
                <JsonDiff before={payload} after={index === 0 ? task.payload : revisions[index - 1]?.payload} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}
