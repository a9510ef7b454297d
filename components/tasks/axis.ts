const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = (
  [
    [1, [1, 2, 5, 10, 20, 50, 100, 200, 500]],
    [second, [1, 2, 5, 10, 15, 30]],
    [minute, [1, 2, 5, 10, 15, 30]],
    [hour, [1, 2, 3, 6, 12]],
    [day, [1, 2, 7, 14, 30, 90, 180, 365]],
  ] as const
).flatMap(([unit, counts]) => counts.map((count) => count * unit));

/** Round lengths of time from 0 to `span` for an axis, at most `most` of them; milliseconds. */
export function axisTicks(span: number, most = 5): number[] {
  const step = steps.find((length) => span / length < most) ?? Math.ceil(span / most / (365 * day)) * 365 * day;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
}
