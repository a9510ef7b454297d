'use client';

import { useId } from 'react';
import type { AuditEntry } from '#lib/audit/types';
import type { TaskDetail } from '#lib/tasks/types';
import { ArrowHead } from '../charts/arrow-head.tsx';
import { useNow } from '../time/clock.tsx';
import { formatDuration } from '../time/format.ts';
import { ExactTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cn } from '../ui/cn.ts';
import { boxHeight, boxWidth, layoutPath, type PathBox, type PathEdge } from './path-layout.ts';
import { type Pause, statePath, staysByState, type Stay } from './state-path.ts';
import { useScrolledTo } from './use-scrolled-to.ts';
import { useTaskAudit } from './use-task-audit.ts';

/** The state machine as the task went through it, with the time that it spent in each state. */
export function StatePathView({ task }: { task: TaskDetail }) {
  const now = useNow();
  const title = useId();
  const stays = statePath(task, pausesOf(useTaskAudit(task.id)));
  const { boxes, edges, width, height } = layoutPath(stays);
  const sums = new Map(staysByState(stays, now).map((sum) => [sum.state, sum]));
  const here = (boxes.find(({ state }) => state === task.state)?.x ?? 0) + boxWidth / 2;
  const { place, onScroll } = useScrolledTo(here);
  const top = height - Math.max(...boxes.map(({ y }) => y)) - boxHeight;

  return (
    <Card aria-labelledby={title}>
      <CardHeader>
        <CardTitle id={title}>How it went</CardTitle>
      </CardHeader>
      <div
        ref={place}
        onScroll={onScroll}
        tabIndex={0}
        role="group"
        aria-label="State machine"
        className="overflow-x-auto px-4 py-4 data-more-after:mask-r-from-[calc(100%-3rem)] data-more-before:mask-l-from-[calc(100%-3rem)]"
      >
        <svg
          aria-hidden
          width={width + 2}
          height={height + 2}
          viewBox={`-1 ${-1 - top} ${width + 2} ${height + 2}`}
          className="block min-w-max"
        >
          <ArrowHead id={`${title}-arrow`} />
          {edges.map((edge) => (
            <Edge key={`${edge.from} ${edge.to}`} edge={edge} arrow={`${title}-arrow`} />
          ))}
          {boxes.map((box) => (
            <Box
              key={box.state}
              box={box}
              ms={sums.get(box.state)?.ms}
              times={sums.get(box.state)?.times ?? 0}
              isNow={box.state === task.state}
              ended={task.finishedAt !== null}
            />
          ))}
        </svg>
      </div>
      <details className="border-t text-[13px]">
        <summary className="px-4 py-2 text-xs text-muted-foreground hover:text-foreground">
          {stays.length === 1 ? '1 step with its time' : `${stays.length} steps with their times`}
        </summary>
        <Steps stays={stays} now={now} ended={task.finishedAt !== null} />
      </details>
      <p className="sr-only">{inWords(stays, now, task.finishedAt !== null)}</p>
    </Card>
  );
}

/** When it was paused and resumed, from what is written down of it; the newest entry comes first. */
function pausesOf(audit: readonly AuditEntry[]): Pause[] {
  const pauses: Pause[] = [];
  for (const { action, at } of audit.toReversed()) {
    const last = pauses.at(-1);
    if (action === 'task.pause') pauses.push({ from: Date.parse(at), to: null });
    else if (last?.to === null) pauses[pauses.length - 1] = { ...last, to: Date.parse(at) };
  }
  return pauses;
}

function Edge({ edge: { times, d }, arrow }: { edge: PathEdge; arrow: string }) {
  return (
    <path
      d={d}
      fill="none"
      markerEnd={`url(#${arrow})`}
      strokeDasharray={times === 0 ? '3 4' : undefined}
      className={cn('stroke-muted-foreground', times === 0 && 'opacity-50')}
    />
  );
}

type BoxProps = { box: PathBox; ms: number | undefined; times: number; isNow: boolean; ended: boolean };

function Box({ box: { state, x, y, reached }, ms, times, isNow, ended }: BoxProps) {
  const text = [
    ...(ms !== undefined && !(isNow && ended) ? [formatDuration(ms)] : []),
    ...(times > 1 ? [`${times}×`] : []),
    ...(isNow && ended ? ['the end'] : []),
  ].join(' · ');
  return (
    <g data-tone={state}>
      <rect
        x={x}
        y={y}
        width={boxWidth}
        height={boxHeight}
        rx={8}
        strokeWidth={isNow ? 2 : 1}
        strokeDasharray={reached ? undefined : '3 4'}
        className={cn(reached ? 'stroke-tone' : 'stroke-input', isNow ? 'fill-tone/12' : 'fill-card')}
      />
      <text
        x={x + 12}
        y={y + 19}
        className={cn('text-[13px] font-medium', reached ? 'fill-tone' : 'fill-muted-foreground')}
      >
        {state.charAt(0).toUpperCase() + state.slice(1)}
      </text>
      {isNow && !ended ? <circle cx={x + boxWidth - 14} cy={y + 15} r={4} className="animate-pulse fill-tone" /> : null}
      <text x={x + 12} y={y + 35} className="fill-muted-foreground text-[11px] tabular-nums">
        {text === '' ? 'not yet' : text}
      </text>
    </g>
  );
}

function Steps({ stays, now, ended }: { stays: readonly Stay[]; now: number; ended: boolean }) {
  return (
    <ol aria-label="Steps" className="max-h-80 divide-y overflow-y-auto border-t">
      {stays.map(({ state, from, to }, index) => (
        <li key={`${index} ${state}`} data-tone={state} className="flex items-baseline gap-3 px-4 py-1.5">
          <span className="w-24 font-medium text-tone">{state}</span>
          <ExactTime at={new Date(from).toISOString()} className="text-xs text-muted-foreground tabular-nums" />
          <span className="ml-auto text-xs text-muted-foreground tabular-nums">
            {to === null && ended ? '' : formatDuration((to ?? now) - from)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "pending for 1 s, running for 2 s, then completed". Long paths are told by their last steps. */
function inWords(stays: readonly Stay[], now: number, ended: boolean): string {
  const told = stays
    .slice(-12)
    .map(({ state, from, to }) =>
      to === null && ended ? `then ${state}` : `${state} for ${formatDuration((to ?? now) - from)}`,
    );
  return `${stays.length > told.length ? 'Lately ' : ''}${told.join(', ')}.`;
}
