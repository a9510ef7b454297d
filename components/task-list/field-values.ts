import { formatDuration } from '../time/format.ts';

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of "500 ms", "2s", "1.5 m" or "1 h 30 m"; a bare number is seconds. Null when it is none of these. */
export function parseDuration(text: string): string | null {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]*)\s*/gy),
  ];
  if (parts.length === 0 || parts.reduce((length, [part]) => length + part.length, 0) !== text.trim().length)
    return null;
  let sum = 0;
  for (const [, amount = '', unit = ''] of parts) {
    const ms = unitMs[unit === '' ? 's' : unit];
    if (ms === undefined) return null;
    sum += Number(amount.replace(',', '.')) * ms;
  }
  return String(Math.round(sum));
}

/** Milliseconds as a person writes them; '' stays ''. */
export const durationText = (ms: string): string =>
  ms === '' ? '' : formatDuration(Number(ms)).replaceAll('\u00a0', ' ');

const two = (part: number): string => String(part).padStart(2, '0');

/** An ISO time as a field of local time has it, to the minute; '' for what is no time. */
export function toLocalTime(iso: string): string {
  const time = new Date(iso);
  if (iso === '' || Number.isNaN(time.getTime())) return '';
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** What a field of local time has, as an ISO time; '' while it is not complete. */
export function fromLocalTime(local: string): string {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
