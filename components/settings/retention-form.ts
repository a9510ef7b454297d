const hourMs = 3_600_000;

export const retentionUnits = { minutes: 60_000, hours: hourMs, days: 24 * hourMs } as const;
export type RetentionUnit = keyof typeof retentionUnits;

/** A retention as its fields have it; no amount: for ever. */
export type RetentionForm = { amount: string; unit: RetentionUnit };

/** In the largest unit that leaves no rest. */
export function retentionForm(retentionMs: number | null): RetentionForm {
  if (retentionMs === null) return { amount: '', unit: 'days' };
  const units = ['days', 'hours', 'minutes'] as const;
  const unit = units.find((unit) => retentionMs % retentionUnits[unit] === 0) ?? 'minutes';
  return { amount: String(retentionMs / retentionUnits[unit]), unit };
}

/** Milliseconds, or null for ever; the text where it is no number, for the API to refuse. */
export function retentionOf({ amount, unit }: RetentionForm): number | string | null {
  if (amount.trim() === '') return null;
  const number = Number(amount);
  return Number.isFinite(number) ? Math.round(number * retentionUnits[unit]) : amount;
}
