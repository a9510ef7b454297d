'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { TaskLogLine } from '#lib/tasks/types';
import { cn } from '../ui/cn.ts';
import { byRun, runOf } from './lines.ts';
import { LogLineRow } from './log-line.tsx';

/** Lines that are in the page at once; earlier ones are asked for. */
const drawn = 2_000;

type LogLinesProps = {
  lines: readonly TaskLogLine[];
  query: string;
  /** What an execution is called. */
  nameOf(run: number, attempt: number): string;
};

/** Lines under the attempts that wrote them, each of which can be folded. */
export function LogLines({ lines, query, nameOf }: LogLinesProps) {
  const [asked, setAsked] = useState(drawn);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const hidden = Math.max(0, lines.length - asked);
  const groups = byRun(hidden > 0 ? lines.slice(hidden) : lines);
  const first = lines[0];
  const last = lines.at(-1);
  const several = first !== undefined && last !== undefined && (runOf(first) !== runOf(last) || last.attempt > 1);

  const toggle = (run: number) => {
    const next = new Set(folded);
    if (!next.delete(run)) next.add(run);
    setFolded(next);
  };
  return (
    <>
      {hidden > 0 ? (
        <button
          type="button"
          className="w-full px-4 py-1 text-left text-primary hover:underline dark:text-ring"
          onClick={() => setAsked(asked + drawn)}
        >
          Show {Math.min(drawn, hidden)} earlier lines of {hidden}
        </button>
      ) : null}
      {groups.map(({ run, attempt, lines: own }) => (
        <section key={run} aria-label={nameOf(run, attempt)}>
          {several ? (
            <button
              type="button"
              aria-expanded={!folded.has(run)}
              className="sticky top-0 z-1 flex w-full items-center gap-1.5 bg-card px-4 py-1 text-muted-foreground hover:text-foreground"
              onClick={() => toggle(run)}
            >
              <ChevronRight
                aria-hidden
                className={cn('size-3 transition-transform', !folded.has(run) && 'rotate-90')}
              />
              {nameOf(run, attempt)}
              <span className="ml-auto tabular-nums">
                {own.length} {own.length === 1 ? 'line' : 'lines'}
              </span>
            </button>
          ) : null}
          {folded.has(run) ? null : (
            <ol className={several ? 'pb-2' : 'py-2'}>
              {own.map((line) => (
                <LogLineRow key={line.seq} line={line} query={query} />
              ))}
            </ol>
          )}
        </section>
      ))}
    </>
  );
}
