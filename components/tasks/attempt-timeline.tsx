'use client';

import { useState } from 'react';
import { isTerminal } from '#lib/tasks/state';
import type { TaskDetail } from '#lib/tasks/types';
import { useNow } from '../time/clock.tsx';
import { formatDuration } from '../time/format.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { attemptAnchor, AttemptItem } from './attempt-item.tsx';
import { AttemptBars } from './attempt-bars.tsx';
import { roundOf } from './rounds.ts';
import { TimeAxis } from './time-axis.tsx';
import { axisOf, isDrawn, isWaiting, type Segment, timelineSegments, totals } from './timeline.ts';
import { useHash } from './use-hash.ts';

/** More are shown on request. */
const shown = 10;

/** Where the time of a task went, attempt by attempt, under one axis of time. */
export function AttemptTimeline({ task }: { task: TaskDetail }) {
  const now = useNow();
  const hash = useHash();
  const [all, setAll] = useState(false);
  const segments = timelineSegments(task, now);
  const axis = axisOf(segments);
  const isScaled = segments.some(isDrawn);
  const round = roundOf(task);
  const attempts = task.attempts.map((attempt, index) => ({ attempt, index, round: roundOf(task, attempt.run) }));
  const wanted =
    all || attempts.some(({ attempt }, index) => index < attempts.length - shown && attemptAnchor(attempt) === hash);
  const visible = wanted ? attempts : attempts.slice(-shown);
  const rounds = Map.groupBy(visible, (one) => one.round);
  // The one that has not started yet has no attempt to be known by.
  if (!rounds.has(round)) rounds.set(round, []);

  return (
    <Card>
      <CardHeader>
        <CardTitle>Attempts</CardTitle>
        <span className="text-xs text-muted-foreground tabular-nums">
          {round > 1 ? `Round ${round}: ` : ''}
          {task.attempt} of at most {task.maxAttempts}
        </span>
      </CardHeader>
      {isScaled ? (
        <>
          <Totals segments={segments} />
          <TimeAxis span={axis.span} />
        </>
      ) : null}
      {visible.length < attempts.length ? (
        <div className="px-4 pb-1">
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            Show {attempts.length - visible.length} earlier attempts
          </Button>
        </div>
      ) : null}
      {[...rounds].map(([number, own]) => (
        <div key={number} className={isScaled || number > 1 ? 'border-t' : undefined}>
          {round > 1 ? (
            <h3 className="bg-muted/40 px-4 py-1.5 text-xs font-medium text-muted-foreground">
              Round {number}
              {number > 1 ? (
                <>
                  , sent again <RelativeTime at={sentAt(task, number)} />
                </>
              ) : null}
            </h3>
          ) : null}
          <ol aria-label={round > 1 ? `Attempts of round ${number}` : 'Attempts'} className="divide-y">
            {own.map(({ attempt, index }) => (
              <AttemptItem
                key={attempt.run}
                attempt={attempt}
                segments={segments.filter((segment) => segment.attempt === index)}
                axis={axis}
                round={round > 1 ? number : null}
                marked={attemptAnchor(attempt) === hash}
              />
            ))}
            {number === round && isWaiting(task) && task.state !== 'running' ? (
              <li data-tone={task.state} className="flex flex-col gap-1 px-4 py-2 text-[13px]">
                <NextAttempt task={task} now={now} />
                {isScaled ? (
                  <AttemptBars segments={segments.filter(({ attempt }) => attempt === attempts.length)} axis={axis} />
                ) : null}
              </li>
            ) : null}
            {own.length === 0 && task.attempt === 0 && isTerminal(task.state) ? (
              <li className="px-4 py-2 text-[13px] text-muted-foreground">No attempt was started.</li>
            ) : null}
          </ol>
        </div>
      ))}
    </Card>
  );
}

/** When a round began: from then on its first attempt could start. */
const sentAt = (task: TaskDetail, round: number): string =>
  task.attempts.find(({ run }) => roundOf(task, run) === round)?.readyAt ?? task.readyAt;

function Totals({ segments }: { segments: readonly Segment[] }) {
  const sums = totals(segments);
  return (
    <p className="px-4 pt-2.5 text-xs text-muted-foreground tabular-nums">
      In all{' '}
      {(['held back', 'waited', 'ran', 'backed off'] as const)
        .filter((kind) => sums[kind] > 0 || kind === 'waited')
        .map((kind) => `${kind} ${formatDuration(sums[kind])}`)
        .join(', ')}
      .
    </p>
  );
}

/** Due, not started: whether it starts then is for its queue to say. */
function NextAttempt({ task, now }: { task: TaskDetail; now: number }) {
  const name = `Attempt ${task.attempt + 1}`;
  const isPlanned = task.state === 'scheduled' || task.state === 'retrying';
  return (
    <p className="text-muted-foreground">
      {isPlanned && Date.parse(task.runAt) > now ? (
        <>
          {name} is due <RelativeTime at={task.runAt} />.
        </>
      ) : (
        `${name} has not started yet.`
      )}
    </p>
  );
}
