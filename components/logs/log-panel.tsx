'use client';

import { ArrowDownToLine } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { isTerminal, type TaskState } from '#lib/tasks/state';
import { type LogLevel, logLevels, type TaskLogLine } from '#lib/tasks/types';
import { describeError } from '../api/problem.ts';
import type { LogPage } from '../api/types.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { LogLineRow } from './log-line.tsx';
import { useTaskLogs } from './use-task-logs.ts';

type LogPanelProps = { taskId: string; state: TaskState; initial: LogPage };

const atLeast = (line: TaskLogLine, level: LogLevel): boolean =>
  logLevels.indexOf(line.level) >= logLevels.indexOf(level);

/** What the handler wrote, live; follows the end until the reader scrolls up. */
export function LogPanel({ taskId, state, initial }: LogPanelProps) {
  const logs = useTaskLogs(taskId, initial);
  const [level, setLevel] = useState<LogLevel>('debug');
  const [following, setFollowing] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const lines = logs.data.lines.filter((line) => atLeast(line, level));

  const last = lines.at(-1)?.seq;

  useEffect(() => {
    if (following && last !== undefined && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [following, last]);

  const onScroll = () => {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    setFollowing(scrollHeight - scrollTop - clientHeight < 24);
  };

  return (
    <Card>
      <CardHeader>
        <CardTitle>
          Logs <span className="ml-1 font-normal text-muted-foreground tabular-nums">{logs.data.lines.length}</span>
        </CardTitle>
        <div className="flex items-center gap-2">
          <Select
            aria-label="Lowest level shown"
            className="w-28"
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
            onClick={() => setFollowing((on) => !on)}
          >
            <ArrowDownToLine />
          </Button>
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
          {emptyText(state, logs.data.lines.length)}
        </p>
      ) : (
        <div
          ref={box}
          onScroll={onScroll}
          tabIndex={0}
          role="log"
          aria-label="Log lines"
          aria-live="off"
          className="max-h-112 overflow-y-auto py-2 font-mono text-xs leading-5"
        >
          <ol>
            {lines.map((line, index) => (
              <Fragment key={line.seq}>
                {index > 0 && lines[index - 1]?.attempt !== line.attempt ? (
                  <li className="my-1.5 flex items-center gap-3 px-4 text-muted-foreground after:h-px after:flex-1 after:bg-border">
                    Attempt {line.attempt}
                  </li>
                ) : null}
                <LogLineRow line={line} />
              </Fragment>
            ))}
          </ol>
        </div>
      )}
      {logs.data.more ? (
        <div className="border-t p-2 text-center">
          <Button size="sm" variant="ghost" disabled={logs.isFetching} onClick={() => void logs.refetch()}>
            {logs.isFetching ? 'Loading …' : 'Load more lines'}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function emptyText(state: TaskState, total: number): string {
  if (total > 0) return 'No line of this level.';
  return isTerminal(state) ? 'This task wrote no log.' : 'Lines appear here as the task writes them.';
}
