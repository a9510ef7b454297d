'use client';

import type { ReactNode } from 'react';
import { cn } from '../ui/cn.ts';
import type { ChartStep } from './use-step.ts';

type StepChartProps = {
  /** What the chart is of: "Tasks that ended". */
  label: string;
  /** All of it in a sentence, for who does not see it. */
  summary: string;
  at: ChartStep;
  /** The value at the top, as text. */
  top: string;
  /** The beginning of the time axis: "1 h ago". It ends now. */
  from: string;
  /** What stands in a plot of as many units as there are steps by 100, 0 at the top. */
  children: ReactNode;
  /** The step that is looked at, in words and as it is shown above the plot. */
  valueText: string;
  readout: ReactNode;
  /** What stands there while none is: a legend. */
  legend: ReactNode;
  className?: string;
};

/**
 * A figure over time. The pointer or the arrow keys go through its steps, and the numbers of each stand above it; to a screen
 * reader it is a slider over time that says them.
 */
export function StepChart({
  label,
  summary,
  at,
  top,
  from,
  children,
  valueText,
  readout,
  legend,
  className,
}: StepChartProps) {
  const { steps, step, figure, plot } = at;
  return (
    <figure ref={figure} aria-label={label} className="flex min-w-0 grow flex-col gap-1.5">
      <figcaption className="sr-only">{summary}</figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${label}, step by step`}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={steps}
        aria-valuenow={(step ?? steps - 1) + 1}
        aria-valuetext={step === null ? summary : valueText}
        className={cn('relative min-h-28 grow touch-pan-y rounded-sm', className)}
        {...plot}
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${steps} 100`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          {[0, 50, 100].map((y) => (
            <line
              key={y}
              x1={0}
              x2={steps}
              y1={y}
              y2={y}
              vectorEffect="non-scaling-stroke"
              className={y === 100 ? 'stroke-input' : 'stroke-border'}
            />
          ))}
          {step === null ? null : <rect x={step} width={1} height={100} className="fill-foreground/8" />}
          {children}
        </svg>
        <span
          aria-hidden
          className="absolute top-0.5 left-0 rounded-sm bg-card/80 pr-1 text-[11px] text-muted-foreground tabular-nums"
        >
          {top}
        </span>
      </div>
      {/* After the plot, so that the keyboard comes to its links from there; seen above it. */}
      <div className="order-first flex min-h-5 flex-wrap items-center gap-x-3 text-xs text-muted-foreground tabular-nums">
        {step === null ? legend : readout}
      </div>
      <div aria-hidden className="flex justify-between text-[11px] text-muted-foreground">
        <span>{from}</span>
        <span>now</span>
      </div>
    </figure>
  );
}
