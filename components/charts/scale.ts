const steps = [1, 2, 5, 10];

/** The next round number that is at least `value`: 1, 2, 5, 10, 20, 50, … */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return (steps.find((step) => step * power >= value) ?? 10) * power;
}

/** The same for milliseconds, which are read as seconds, minutes and hours from a second on. */
export function roundUpDuration(ms: number): number {
  const unit = [3_600_000, 60_000, 1_000].find((unit) => ms > unit) ?? 1;
  return roundUp(ms / unit) * unit;
}

/**
 * The path of a line over steps of width 1, through the middle of each, in a plot that is 100 high; `max` is at the top. A
 * step without a value interrupts it, and one that stands alone is drawn as a dash.
 */
export function linePath(values: readonly (number | null)[], max: number): string {
  const y = (value: number) => Math.round((100 - (100 * Math.min(value, max)) / max) * 100) / 100;
  return values
    .map((value, step) => {
      if (value === null) return '';
      const [before, after] = [values[step - 1] ?? null, values[step + 1] ?? null];
      if (before !== null) return `L${step + 0.5} ${y(value)}`;
      return after === null ? `M${step + 0.1} ${y(value)}h0.8` : `M${step + 0.5} ${y(value)}`;
    })
    .join('');
}
