'use client';

import { ArrowDown, ArrowDownToLine, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { isTerminal, type TaskState } from '#lib/tasks/state';
import type { LogLevel, TaskDetail, TaskLogLine } from '#lib/tasks/types';
import { describeError } from '../api/problem.ts';
import type { LogPage } from '../api/types.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { roundOf } from '../tasks/rounds.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Input } from '../ui/input.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { narrow } from './lines.ts';
import { LogDownload } from './log-download.tsx';
import { LogLines } from './log-lines.tsx';
import { useFollow } from './use-follow.ts';
import { useTaskLogs } from './use-task-logs.ts';

type LogPanelProps = { task: Pick<TaskDetail, 'id' | 'state' | 'attempt' | 'attempts'>; initial: LogPage };

/** What the handler wrote, live, by level and text; follows the end until the reader scrolls up. */
export function LogPanel({ task, initial }: LogPanelProps) {
  const logs = useTaskLogs(task.id, initial);
  const [level, setLevel] = useState<LogLevel>('debug');
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const all = logs.data.lines;
  const lines = useMemo(() => narrow(all, level, query), [all, level, query]);
  const { box, following, stoppedAt, setFollowing, onScroll } = useFollow(lines.at(-1)?.seq);
  const unseen = stoppedAt === null ? 0 : countAfter(lines, stoppedAt);

  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>
          Logs{' '}
          <span
            className="ml-1 font-normal text-muted-foreground tabular-nums"
            role={query === '' ? undefined : 'status'}
          >
            {lines.length === all.length ? all.length : `${lines.length} of ${all.length}`}
          </span>
        </CardTitle>
        <div className="flex min-w-0 flex-1 items-center justify-end gap-2 max-sm:basis-full">
          <HydratedFieldset>
            <div className="relative min-w-24 flex-1 sm:max-w-56">
              <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted-foreground" />
              <Input
                type="search"
                aria-label="Search the log"
                placeholder="Search"
                className="pl-8"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
            <Select
              aria-label="Lowest level shown"
              className="w-26"
              value={level}
              onChange={(event) => setLevel(event.target.value as LogLevel)}
            >
              <option value="debug">All levels</option>
              <option value="info">Info +</option>
              <option value="warn">Warn +</option>
              <option value="error">Errors</option>
            </Select>
            <Button
              size="icon"
              variant={following ? 'secondary' : 'outline'}
              aria-pressed={following}
              aria-label="Follow the end"
              onClick={() => setFollowing(!following)}
            >
              <ArrowDownToLine />
            </Button>
            <LogDownload taskId={task.id} level={level} />
          </HydratedFieldset>
        </div>
      </CardHeader>
      {logs.error ? (
        <Notice
          tone="error"
          title={`The log could not be updated. ${describeError(logs.error).title}`}
          className="m-3"
        />
      ) : null}
      {lines.length === 0 ? (
        <p className="px-4 py-6 text-center text-[13px] text-muted-foreground">
          {emptyText(task.state, all.length, query)}
        </p>
      ) : (
        <div className="relative">
          <div
            ref={box}
            onScroll={onScroll}
            tabIndex={0}
            role="log"
            aria-label="Log lines"
            aria-live="off"
            className="max-h-112 overflow-y-auto font-mono text-xs leading-5"
          >
            <LogLines lines={lines} query={query} nameOf={(run, attempt) => attemptName(task, run, attempt)} />
          </div>
          {unseen > 0 ? (
            <Button
              size="sm"
              variant="primary"
              className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
              onClick={() => setFollowing(true)}
            >
              <ArrowDown /> {unseen} new {unseen === 1 ? 'line' : 'lines'}
            </Button>
          ) : null}
        </div>
      )}
      {logs.data.more ? (
        <div className="border-t p-2 text-center">
          {query === '' ? null : (
            <span className="mr-2 text-xs text-muted-foreground">Only the lines loaded so far are searched.</span>
          )}
          <Button size="sm" variant="ghost" disabled={logs.isFetching} onClick={() => void logs.refetch()}>
            {logs.isFetching ? 'Loading …' : 'Load more lines'}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

/** What the lines of one execution stand under. */
function attemptName(task: LogPanelProps['task'], run: number, attempt: number): string {
  return roundOf(task) > 1 ? `Round ${roundOf(task, run)}, attempt ${attempt}` : `Attempt ${attempt}`;
}

function countAfter(lines: readonly TaskLogLine[], seq: number): number {
  let count = 0;
  while (count < lines.length && (lines[lines.length - 1 - count]?.seq ?? 0) > seq) count += 1;
  return count;
}

function emptyText(state: TaskState, total: number, query: string): string {
  if (total > 0) return query === '' ? 'No line of this level.' : `No line has “${query}” in it.`;
  return isTerminal(state) ? 'This task wrote no log.' : 'Lines appear here as the task writes them.';
}
