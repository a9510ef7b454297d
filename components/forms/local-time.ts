/** A time as a datetime-local field holds it, to the second, in the reader's zone; empty for what is no time. */
export function toLocalField(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The time that a datetime-local field holds, in universal time; null for what is no time. */
export function fromLocalField(text: string): string | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
