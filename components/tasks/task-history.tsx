'use client';

import type { AuditEntry } from '#lib/audit/types';
import type { ControlVerb } from '#lib/tasks/types';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { useTaskAudit } from './use-task-audit.ts';
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
  const entries = useTaskAudit(taskId);
  if (entries.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What was done to it</CardTitle>
      </CardHeader>
      <ul aria-label="What was done to it, the last first" className="divide-y">
        {entries.map((entry) => (
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
