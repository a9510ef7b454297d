import Link from 'next/link';
import type { ReactNode } from 'react';
import type { TaskDetail } from '#lib/tasks/types';
import { formatDuration } from '../time/format.ts';
import { ExactTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { filterHref } from './filter.ts';
import { apartText } from './retry-text.ts';
import { visibleText } from './visible-text.ts';

/** Everything else about a task. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Details</CardTitle>
      </CardHeader>
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-2 px-4 py-3 text-[13px]">
        <Fact name="Task ID">
          <Id value={task.id} label="task ID" />
        </Fact>
        <Fact name="Type">
          <PlainLink href={`/definitions/${encodeURIComponent(task.definition)}`} text={task.definition} />
        </Fact>
        <Fact name="Queue">
          <PlainLink href={filterHref({ queue: task.queue })} text={task.queue} />
        </Fact>
        <Fact name="Priority">{task.priority}</Fact>
        <Fact name="Created">
          <ExactTime at={task.createdAt} />
        </Fact>
        {task.startedAt ? (
          <Fact name={task.attempts.length > 1 ? 'Last started' : 'Started'}>
            <ExactTime at={task.startedAt} />
          </Fact>
        ) : (
          <Fact name="May start">
            <ExactTime at={task.runAt} />
          </Fact>
        )}
        {task.finishedAt ? (
          <Fact name="Finished">
            <ExactTime at={task.finishedAt} />
          </Fact>
        ) : null}
        <Fact name="Time limit">{formatDuration(task.timeoutMs)} an attempt</Fact>
        <Fact name="Retries">
          {task.maxAttempts > 1 ? `up to ${task.maxAttempts} attempts, ${apartText(task.retry.backoff)}` : 'none'}
        </Fact>
        {task.workerId ? (
          <Fact name="Worker">
            <Id value={task.workerId} label="worker ID" />
          </Fact>
        ) : null}
        <Fact name="Submitted by">
          {task.submitter ? (
            <span className="truncate">{visibleText(task.submitter)}</span>
          ) : (
            <Id value={task.submittedBy} label="submitter" />
          )}
        </Fact>
        {task.tags.length > 0 ? (
          <Fact name="Tags">
            <span className="flex flex-wrap gap-x-2">
              {task.tags.map((tag) => (
                <PlainLink key={tag} href={filterHref({ tag })} text={tag} />
              ))}
            </span>
          </Fact>
        ) : null}
        <Relations task={task} />
      </dl>
    </Card>
  );
}

/** What the submit said beyond the payload, and what was done to the task; most tasks have none of it. */
function Relations({ task }: { task: TaskDetail }) {
  return (
    <>
      {task.parentId ? (
        <Fact name="Emitted by">
          <TaskLink id={task.parentId} />
        </Fact>
      ) : null}
      {task.dependsOn.length > 0 ? (
        <Fact name="Depends on">
          {task.dependsOn.map((id) => (
            <TaskLink key={id} id={id} />
          ))}
        </Fact>
      ) : null}
      {task.correlationId ? (
        <Fact name="Correlation">
          <PlainLink href={filterHref({ correlationId: task.correlationId })} text={task.correlationId} />
        </Fact>
      ) : null}
      {task.concurrencyKey ? <Fact name="At once">{roomText(task)}</Fact> : null}
      {task.expiresAt ? (
        <Fact name="Must start by">
          <ExactTime at={task.expiresAt} />
        </Fact>
      ) : null}
      {task.dismissedAt ? (
        <Fact name="Dismissed">
          <ExactTime at={task.dismissedAt} />
          {task.dismissReason ? `: ${visibleText(task.dismissReason)}` : ''}
        </Fact>
      ) : null}
    </>
  );
}

/** How many run at once with it. */
function roomText({ concurrencyKey, concurrencyLimit }: TaskDetail): string {
  if (concurrencyKey?.startsWith('sync:')) return 'one of this type';
  return `${concurrencyLimit ?? 1} with the key “${visibleText(concurrencyKey ?? '')}”`;
}

function PlainLink({ href, text }: { href: string; text: string }) {
  return (
    <Link href={href} prefetch={false} className="break-words hover:underline">
      {visibleText(text)}
    </Link>
  );
}

function TaskLink({ id }: { id: string }) {
  return (
    <Link
      href={`/tasks/${id}`}
      prefetch={false}
      className="block truncate font-mono text-xs leading-6 hover:underline"
      title={id}
    >
      {id}
    </Link>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </>
  );
}

function Id({ value, label }: { value: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className="truncate font-mono text-xs" title={value}>
        {value}
      </span>
      <CopyButton text={value} label={label} className="-my-1 shrink-0" />
    </span>
  );
}
