'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { AuditEntry } from '#lib/audit/types';
import { JsonDiff } from '../json/json-diff.tsx';
import { tasksText } from '../task-list/count-text.tsx';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';
import { readSubject } from './subject.ts';

/** One thing that somebody did; opened, what it changed. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className="px-4 py-2 text-[13px]">
      <div className="flex items-start gap-x-3">
        <div className="flex min-h-6 min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <span className="min-w-0 truncate font-medium">{whoOf(entry)}</span>
          <code className="font-mono text-xs">{visibleText(entry.action)}</code>
          <Subject of={entry} />
          <RelativeTime at={entry.at} className="ml-auto shrink-0 text-xs text-muted-foreground tabular-nums" />
        </div>
        {entry.details ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`Details of ${entry.action}`}
            onClick={() => setOpen((was) => !was)}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent"
          >
            <ChevronRight aria-hidden className={cn('size-4 transition-transform', open && 'rotate-90')} />
          </button>
        ) : (
          <span aria-hidden className="size-6 shrink-0" />
        )}
      </div>
      <div id={id} hidden={!open} className="py-2">
        {open && entry.details ? <Details of={entry.details} /> : null}
      </div>
    </li>
  );
}

function whoOf({ actor, name }: AuditEntry): string {
  if (name !== null) return visibleText(name);
  if (actor === 'system') return 'Taskdeck';
  const [kind = '', id = ''] = actor.split(':');
  const gone: Record<string, string> = { user: 'former member', key: 'former API key', task: 'task' };
  return `${gone[kind] ?? kind} ${id.slice(-8)}`;
}

function Subject({ of: entry }: { of: AuditEntry }) {
  const { subject, details } = entry;
  const { kind, name, href } = readSubject(subject);
  // Members and keys are called otherwise than by their ids, also once they are gone.
  const isCalled = subject.startsWith('member:') || subject.startsWith('key:');
  const called = isCalled
    ? [details?.['email'], details?.['name']].find((text) => typeof text === 'string')
    : undefined;
  const text = bulkText(entry) ?? `${kind} ${visibleText(called ?? name)}`;
  return href === undefined ? (
    <span className="min-w-0 truncate text-muted-foreground">{text}</span>
  ) : (
    <Link href={href} prefetch={false} className="min-w-0 truncate text-muted-foreground underline underline-offset-2">
      {text}
    </Link>
  );
}

/** What an operation over many tasks was to do, or how far it was when it was stopped; undefined where no operation is told of. */
function bulkText({ subject, details }: AuditEntry): string | undefined {
  const { verb, total, more, done } = details ?? {};
  if (!subject.startsWith('bulk:') || typeof verb !== 'string') return undefined;
  if (typeof total === 'number') return `${visibleText(verb)} ${tasksText({ count: total, more: more === true })}`;
  if (typeof done !== 'number') return undefined;
  return `${visibleText(verb)}, stopped after ${tasksText({ count: done, more: false })}`;
}

/** What was before and after as a diff; whatever else is told beside it. */
function Details({ of: { before, after, ...rest } }: { of: Record<string, unknown> }) {
  const isChange = before !== undefined && after !== undefined;
  const told = isChange
    ? rest
    : { ...rest, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return (
    <div className="flex flex-col gap-2">
      {isChange ? <JsonDiff before={before} after={after} /> : null}
      {Object.keys(told).length > 0 ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-xs">
          {Object.entries(told).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted-foreground">{visibleText(name)}</dt>
              <dd className="break-words">{textOf(value)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

const longestText = 1_000;

function textOf(value: unknown): string {
  const text = visibleText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  return text.length > longestText ? `${text.slice(0, longestText)} …` : text;
}
