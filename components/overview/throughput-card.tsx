'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { StatsPoint, WindowStats } from '#lib/stats/types';
import { Bars } from '../charts/bars.tsx';
import { LegendItem } from '../charts/legend.tsx';
import { roundUp } from '../charts/scale.ts';
import { StepChart } from '../charts/step-chart.tsx';
import { useStep } from '../charts/use-step.ts';
import { filterHref, type TaskFilter } from '../tasks/filter.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cn } from '../ui/cn.ts';
import { Figure } from '../ui/figure.tsx';
import { failedOf, failureRate, formatCount, formatRate, formatShare, formatStep, stepTimes } from './numbers.ts';
import { windowNames } from './window.ts';

/** Filters beside the time: those of a definition's or a queue's own figures. */
type Of = Pick<TaskFilter, 'definition' | 'queue'>;

const endings = {
  completed: { state: 'completed', name: 'completed', fill: 'fill-ok/80', swatch: 'bg-ok' },
  failed: { state: 'failed,abandoned', name: 'failed', fill: 'fill-destructive/90', swatch: 'bg-destructive' },
  cancelled: {
    state: 'cancelled',
    name: 'cancelled',
    fill: 'fill-muted-foreground/45',
    swatch: 'bg-muted-foreground/45',
  },
} as const;

/** A failure rate that is marked. */
const highRate = 0.05;

type EndingName = keyof typeof endings;
const names = ['failed', 'completed', 'cancelled'] as const satisfies EndingName[];

const countOf = (point: StatsPoint | WindowStats['totals'], name: EndingName): number =>
  name === 'failed' ? failedOf(point) : point[name];

/** How many tasks came and ended in the window, and how many of them failed. */
export function ThroughputCard({ stats, of = {} }: { stats: WindowStats; of?: Of }) {
  const { totals, from, to } = stats;
  const rate = failureRate(totals);
  const isHigh = rate !== null && rate >= highRate;
  const ended = names.reduce((sum, name) => sum + countOf(totals, name), 0);
  const minutes = (Date.parse(to) - Date.parse(from)) / 60_000;
  const endedLink = (state: string) => filterHref({ ...of, state, finishedAfter: from });
  return (
    <Card className="flex min-w-0 flex-col">
      <CardHeader>
        <CardTitle>Throughput</CardTitle>
        <span className="text-xs text-muted-foreground">{windowNames[stats.window].long}</span>
      </CardHeader>
      <div className="flex grow flex-col gap-4 px-4 py-3">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
          <Figure name="Submitted">
            <NumberLink href={filterHref({ ...of, createdAfter: from })}>{formatCount(totals.submitted)}</NumberLink>
          </Figure>
          <Figure name="Completed">
            <NumberLink href={endedLink('completed')}>{formatCount(totals.completed)}</NumberLink>
          </Figure>
          <Figure name="Failed">
            <NumberLink href={endedLink(endings.failed.state)}>{formatCount(failedOf(totals))}</NumberLink>
          </Figure>
          <Figure name="Failure rate">
            <span className={cn('text-base font-semibold tracking-tight', isHigh && 'text-destructive')}>
              {rate === null ? '–' : formatShare(rate)}
            </span>
          </Figure>
          <Figure name="Ended / min">
            <span className="text-base font-semibold tracking-tight">{formatRate(ended / minutes)}</span>
          </Figure>
        </dl>
        <p className="text-xs text-muted-foreground">
          Endings are counted: a task that was redriven and ended again counts twice.
        </p>
        <ThroughputChart stats={stats} of={of} />
      </div>
    </Card>
  );
}

function NumberLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="text-base font-semibold tracking-tight hover:underline">
      {children}
    </Link>
  );
}

function ThroughputChart({ stats, of }: { stats: WindowStats; of: Of }) {
  const { points, stepSeconds, totals, window } = stats;
  const max = roundUp(Math.max(...points.map((point) => names.reduce((sum, name) => sum + countOf(point, name), 0))));
  const told = (point: StatsPoint | WindowStats['totals']) =>
    names.map((name) => `${formatCount(countOf(point, name))} ${name}`).join(', ');
  const at = useStep(points.length);
  const shown = at.step ?? points.length - 1;
  const point = points[shown];
  const times = stepTimes(points, shown, stepSeconds);
  return (
    <StepChart
      label="Tasks that ended"
      summary={`In the ${windowNames[window].long}: ${told(totals)}.`}
      at={at}
      top={formatCount(max)}
      from={`${windowNames[window].short} ago`}
      className="h-44 max-h-56"
      valueText={point ? `${formatStep(times.from, times.to, stepSeconds)}: ${told(point)}` : ''}
      legend={names.map((name) => (
        <LegendItem key={name} swatch={endings[name].swatch}>
          {name}
        </LegendItem>
      ))}
      readout={<Readout point={point} {...times} stepSeconds={stepSeconds} of={of} />}
    >
      <Bars
        max={max}
        parts={names.map((name) => ({
          values: points.map((point) => countOf(point, name)),
          className: endings[name].fill,
        }))}
      />
    </StepChart>
  );
}

type ReadoutProps = { point: StatsPoint | undefined; from: string; to: string; stepSeconds: number; of: Of };

/** The numbers of one step; each leads to its tasks. */
function Readout({ point, from, to, stepSeconds, of }: ReadoutProps) {
  if (!point) return null;
  return (
    <>
      <span className="text-foreground">{formatStep(from, to, stepSeconds)}</span>
      {names.map((name) => (
        <LegendItem key={name} swatch={endings[name].swatch}>
          <Link
            href={filterHref({ ...of, state: endings[name].state, finishedAfter: from, finishedBefore: to })}
            prefetch={false}
            className="hover:text-foreground hover:underline"
          >
            {formatCount(countOf(point, name))} {name}
          </Link>
        </LegendItem>
      ))}
      <Link
        href={filterHref({ ...of, createdAfter: from, createdBefore: to })}
        prefetch={false}
        className="hover:text-foreground hover:underline"
      >
        {formatCount(point.submitted)} submitted
      </Link>
    </>
  );
}
