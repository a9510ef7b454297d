import { Bars, type BarPart } from './bars.tsx';

/** A chart the size of a word; `label` says it in words. */
export function Sparkline({ parts, label }: { parts: readonly BarPart[]; label: string }) {
  const steps = parts[0]?.values.length ?? 0;
  const sums = Array.from({ length: steps }, (_, step) =>
    parts.reduce((sum, { values }) => sum + (values[step] ?? 0), 0),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${steps} 100`}
      preserveAspectRatio="none"
      className="h-6 w-24 shrink-0"
    >
      <title>{label}</title>
      <line x1={0} x2={steps} y1={100} y2={100} vectorEffect="non-scaling-stroke" className="stroke-input" />
      <Bars parts={parts} max={Math.max(1, ...sums)} />
    </svg>
  );
}
