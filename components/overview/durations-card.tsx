'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Percentiles, WindowStats } from '#lib/stats/types';
import { LegendItem } from '../charts/legend.tsx';
import { linePath, roundUpDuration } from '../charts/scale.ts';
import { StepChart } from '../charts/step-chart.tsx';
import { useStep } from '../charts/use-step.ts';
import { filterHref, type TaskFilter } from '../tasks/filter.ts';
import { formatDuration } from '../time/format.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Figure } from '../ui/figure.tsx';
import { formatStep, stepTimes } from './numbers.ts';
import { windowNames } from './window.ts';

type Of = Pick<TaskFilter, 'definition' | 'queue'>;
type Kind = 'wait' | 'run';

const lines = [
  { name: 'p99', stroke: 'stroke-warn', swatch: 'bg-warn' },
  { name: 'p95', stroke: 'stroke-info', swatch: 'bg-info' },
  { name: 'p50', stroke: 'stroke-muted-foreground', swatch: 'bg-muted-foreground' },
] as const;

const kinds: Record<Kind, { title: string; hint: string; label: string }> = {
  wait: { title: 'Waited', hint: 'from when a task could start until it did', label: 'How long tasks waited' },
  run: { title: 'Ran', hint: 'from the start of the last attempt to its end', label: 'How long tasks ran' },
};

/** How long the tasks that completed or failed had waited and run. */
export function DurationsCard({ stats, of = {} }: { stats: WindowStats; of?: Of }) {
  return (
    <Card className="min-w-0">
      <CardHeader>
        <CardTitle>How long it takes</CardTitle>
        <span className="text-xs text-muted-foreground">{windowNames[stats.window].long}</span>
      </CardHeader>
      {stats.run === null ? (
        <p className="px-4 py-4 text-[13px] text-muted-foreground">
          No task has run to its end in the {windowNames[stats.window].long}. Choose a longer time above.
        </p>
      ) : (
        <div className="flex flex-col gap-4 px-4 py-3">
          <Section kind="wait" stats={stats} of={of} />
          <Section kind="run" stats={stats} of={of} />
        </div>
      )}
    </Card>
  );
}

function Section({ kind, stats, of }: { kind: Kind; stats: WindowStats; of: Of }) {
  const { title, hint } = kinds[kind];
  const percentiles = stats[kind];
  if (percentiles === null) return null;
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-xs font-medium">
        {title} <span className="font-normal text-muted-foreground">{hint}</span>
      </h3>
      <dl className="grid grid-cols-3 gap-x-4">
        <Figure name="Half within">{told(percentiles.p50)}</Figure>
        <Figure name="95 % within">
          {kind === 'run' ? <Slower stats={stats} of={of} ms={percentiles.p95} /> : told(percentiles.p95)}
        </Figure>
        <Figure name="99 % within">
          {kind === 'run' ? <Slower stats={stats} of={of} ms={percentiles.p99} /> : told(percentiles.p99)}
        </Figure>
      </dl>
      <DurationChart kind={kind} stats={stats} />
    </section>
  );
}

/** Percentiles are read from histograms: near the true one, and now and then above the longest of all. */
const about = (ms: number): string => `≈\u00a0${formatDuration(ms)}`;

const told = (ms: number): ReactNode => <span className="text-base font-semibold tracking-tight">{about(ms)}</span>;

/** Leads to the tasks that took longer. */
function Slower({ stats, of, ms }: { stats: WindowStats; of: Of; ms: number }) {
  const href = filterHref({
    ...of,
    state: 'completed,failed',
    finishedAfter: stats.from,
    runMin: String(Math.floor(ms)),
  });
  return (
    <Link href={href} prefetch={false} title="Show those that took longer" className="hover:underline">
      {told(ms)}
    </Link>
  );
}

function DurationChart({ kind, stats }: { kind: Kind; stats: WindowStats }) {
  const { points, stepSeconds, window } = stats;
  const max = roundUpDuration(Math.max(1, ...points.map((point) => point[kind]?.p99 ?? 0)));
  const at = useStep(points.length);
  const shown = at.step ?? points.length - 1;
  const { from, to } = stepTimes(points, shown, stepSeconds);
  const point = points[shown]?.[kind];
  const inWords = (percentiles: Percentiles | null | undefined) =>
    percentiles
      ? `half within ${about(percentiles.p50)}, 95 % within ${about(percentiles.p95)}, 99 % within ${about(percentiles.p99)}`
      : 'no task ended';
  return (
    <StepChart
      label={kinds[kind].label}
      summary={`In the ${windowNames[window].long}: ${inWords(stats[kind])}.`}
      at={at}
      top={formatDuration(max)}
      from={`${windowNames[window].short} ago`}
      className="min-h-16"
      valueText={`${formatStep(from, to, stepSeconds)}: ${inWords(point)}`}
      legend={lines.map(({ name, swatch }) => (
        <LegendItem key={name} swatch={swatch}>
          {name}
        </LegendItem>
      ))}
      readout={
        <>
          <span className="text-foreground">{formatStep(from, to, stepSeconds)}</span>
          {lines.map(({ name, swatch }) => (
            <LegendItem key={name} swatch={swatch}>
              {name} {point ? about(point[name]) : '–'}
            </LegendItem>
          ))}
        </>
      }
    >
      {lines.map(({ name, stroke }) => (
        <path
          key={name}
          d={linePath(
            points.map((point) => point[kind]?.[name] ?? null),
            max,
          )}
          fill="none"
          vectorEffect="non-scaling-stroke"
          strokeWidth={1.5}
          strokeLinejoin="round"
          className={stroke}
        />
      ))}
    </StepChart>
  );
}
