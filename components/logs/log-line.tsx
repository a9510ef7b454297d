'use client';

import { memo } from 'react';
import type { LogLevel, TaskLogLine } from '#lib/tasks/types';
import { visibleText } from '../tasks/visible-text.ts';
import { useHydrated } from '../time/clock.tsx';
import { cn } from '../ui/cn.ts';
import { Marked } from '../ui/marked.tsx';
import { fieldText } from './lines.ts';

const levelClass: Record<LogLevel, string> = {
  debug: 'text-muted-foreground',
  info: 'text-info',
  warn: 'text-warn',
  error: 'text-destructive',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** The time of day to the millisecond, in the reader's zone once that is known. */
function timeOf(at: string, local: boolean): string {
  if (!local) return at.slice(11, 23);
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** One line; drawn anew only when it is another or searched for another text, since thousands stand together. */
export const LogLineRow = memo(function LogLineRow({ line, query }: { line: TaskLogLine; query: string }) {
  const hydrated = useHydrated();
  return (
    <li className="flex gap-3 px-4 py-px [contain-intrinsic-size:auto_1.25rem] [content-visibility:auto] hover:bg-accent/50">
      <time dateTime={line.at} title={line.at} className="shrink-0 text-muted-foreground tabular-nums max-sm:hidden">
        {timeOf(line.at, hydrated)}
      </time>
      <span className={cn('w-10 shrink-0 font-medium', levelClass[line.level])}>{line.level}</span>
      <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">
        <Marked text={visibleText(line.message)} query={query} />
        {Object.entries(line.fields ?? {}).map(([name, value]) => (
          <span key={name} className="text-muted-foreground">
            {' '}
            {visibleText(name)}=
            <span className="text-foreground/75">
              <Marked text={visibleText(fieldText(value))} query={query} />
            </span>
          </span>
        ))}
      </span>
    </li>
  );
});
