'use client';

import type { AuditEntry } from '#lib/audit/types';
import type { TaskDetail } from '#lib/tasks/types';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { ErrorView } from './error-view.tsx';
import { useTaskAudit } from './use-task-audit.ts';
import { visibleText } from './visible-text.ts';

/** The errors of tasks that were cancelled without anybody asking for it. */
const unasked = new Set(['Superseded', 'TaskExpired', 'DependencyFailed']);

/** Who cancelled a task, when and why: no error to those who wanted it so. That of an attempt before it is still shown. */
export function CancelledCard({ task }: { task: TaskDetail }) {
  const asked = cancelledBy(useTaskAudit(task.id));
  const { error, finishedAt } = task;
  const attempt = error && task.attempts.findLast((one) => one.error?.message === error.message);
  const failed = attempt && attempt.outcome !== 'cancelled';
  const reason = error && unasked.has(error.name) ? error.message : null;
  const by = reason === null ? asked : null;
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>Cancelled</CardTitle>
        </CardHeader>
        <p className="px-4 py-3 text-[13px] break-words">
          Cancelled{by ? ` by ${visibleText(by)}` : ''}
          {finishedAt ? (
            <>
              , <RelativeTime at={finishedAt} />
            </>
          ) : null}
          .{reason ? ` ${visibleText(reason)}` : ''}
        </p>
      </Card>
      {failed ? (
        <Card>
          <CardHeader>
            <CardTitle>Error of the last attempt</CardTitle>
          </CardHeader>
          <ErrorView error={error} fingerprint={task.fingerprint} />
        </Card>
      ) : null}
    </>
  );
}

/** Null when nobody told it to this task alone: it was one of many, or cancelled by itself. */
function cancelledBy(audit: readonly AuditEntry[]): string | null {
  const last = audit.find(({ action }) => ['task.cancel', 'task.retry', 'task.redrive'].includes(action));
  return last?.action === 'task.cancel' ? (last.name ?? last.actor) : null;
}
