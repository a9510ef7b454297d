export const units = { milliseconds: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type Unit = keyof typeof units;

/** A length of time as it stands in its field; without an amount it is not given. */
export type Span = { amount: string; unit: Unit };

export const noSpan = (unit: Unit = 'seconds'): Span => ({ amount: '', unit });

export const isGiven = ({ amount }: Span): boolean => amount.trim() !== '';

/** Its length in whole milliseconds; NaN for what is no number. */
export const spanMs = ({ amount, unit }: Span): number =>
  amount.trim() === '' ? NaN : Math.round(Number(amount) * units[unit]);

/** The span in the largest unit that it is a whole number of. */
export function toSpan(ms: number): Span {
  const unit = (Object.keys(units) as Unit[]).findLast((name) => ms >= units[name] && ms % units[name] === 0);
  return { amount: String(ms / units[unit ?? 'milliseconds']), unit: unit ?? 'milliseconds' };
}
