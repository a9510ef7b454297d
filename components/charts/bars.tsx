/** One part of each bar, from below to above: its values by step, and the class that fills it. */
export type BarPart = { values: readonly number[]; className: string };

/** What is there at all is seen: of a plot that is 100 high. */
const least = 1.5;

/** Bars of parts that stand on each other, for a `StepChart`; `max` is at the top. */
export function Bars({ parts, max }: { parts: readonly BarPart[]; max: number }) {
  const steps = parts[0]?.values.length ?? 0;
  return Array.from({ length: steps }, (_, step) => {
    let top = 100;
    return parts.map(({ values, className }) => {
      const value = values[step] ?? 0;
      if (value === 0) return null;
      const height = Math.min(top, Math.max(least, (100 * value) / max));
      top -= height;
      return (
        <rect key={`${step} ${className}`} x={step + 0.12} width={0.76} y={top} height={height} className={className} />
      );
    });
  });
}
