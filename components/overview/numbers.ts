import type { StatsPoint, TaskEvent } from '#lib/stats/types';

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** 12,345; from a million on 1.2M. */
export const formatCount = (n: number): string => (n < 1_000_000 ? whole.format(n) : compact.format(n));

/** A rate: 0, 0.4, 12, 1.2K. */
export const formatRate = (n: number): string =>
  n < 10 ? String(Math.round(n * 10) / 10) : compact.format(Math.round(n));

/** Tasks that ended without success and are dead letters now. */
export const failedOf = ({ failed, abandoned }: Record<TaskEvent, number>): number => failed + abandoned;

/** The share of tasks that failed among those that were not cancelled, 0 to 1; null where none ended. */
export function failureRate(totals: Record<TaskEvent, number>): number | null {
  const failed = failedOf(totals);
  const ended = totals.completed + failed;
  return ended === 0 ? null : failed / ended;
}

/** "0 %", "0.4 %", "< 0.1 %", "12 %". */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`;
}

/** When a step of a window begins and ends, ISO 8601. */
export const stepTimes = (
  points: readonly StatsPoint[],
  step: number,
  stepSeconds: number,
): { from: string; to: string } => {
  const from = points[step]?.at ?? '';
  return { from, to: new Date(Date.parse(from) + stepSeconds * 1_000).toISOString() };
};

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** "14:05–14:06" in the reader's zone, with the day where steps are hours. */
export const formatStep = (from: string, to: string, stepSeconds: number): string =>
  `${(stepSeconds < 3_600 ? clock : dayAndClock).format(Date.parse(from))}–${clock.format(Date.parse(to))}`;
