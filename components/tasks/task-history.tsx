'use client';

import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '#lib/audit/types';
import type { ControlVerb } from '#lib/tasks/types';
import { fetchTaskAudit } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { visibleText } from './visible-text.ts';

const done: Record<ControlVerb, string> = {
  cancel: 'cancelled it',
  pause: 'paused it',
  resume: 'resumed it',
  retry: 'retried it',
  redrive: 'redrove it',
  archive: 'archived it',
  unarchive: 'took it out of the archive',
  dismiss: 'dismissed it',
  undismiss: 'brought it back',
  purge: 'deleted it',
};

/** Who did what to a task, the last first; nothing for the many to which nobody did anything. */
export function TaskHistory({ taskId }: { taskId: string }) {
  const { data } = useQuery({
    queryKey: keys.taskAudit(taskId),
    queryFn: ({ signal }) => fetchTaskAudit(taskId, signal),
  });
  if (!data || data.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What was done to it</CardTitle>
      </CardHeader>
      <ul aria-label="What was done to it, the last first" className="divide-y">
        {data.map((entry) => (
          <li key={entry.id} className="flex items-baseline gap-3 px-4 py-2 text-[13px]">
            <span className="min-w-0 flex-1 break-words">{sentence(entry)}</span>
            <RelativeTime at={entry.at} className="shrink-0 text-xs text-muted-foreground" />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function sentence({ actor, name, action }: AuditEntry): string {
  const verb = action.replace(/^task\./, '');
  return `${visibleText(name ?? actor)} ${verb in done ? done[verb as ControlVerb] : `did ${action}`}`;
}
