const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Number and unit stay on one line.
const space = '\u00a0';

/** A length of time in at most two units: "84 ms", "3.2 s", "4 m 10 s", "2 h 5 m", "3 d 4 h". */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < second) return `${ms}${space}ms`;
  if (ms < 10 * second && ms % second !== 0) return `${(Math.floor(ms / 100) / 10).toFixed(1)}${space}s`;
  if (ms < minute) return `${Math.floor(ms / second)}${space}s`;
  if (ms < hour) return pair(ms, minute, 'm', second, 's');
  if (ms < day) return pair(ms, hour, 'h', minute, 'm');
  return pair(ms, day, 'd', hour, 'h');
}

function pair(ms: number, major: number, majorUnit: string, minor: number, minorUnit: string): string {
  const rest = Math.floor((ms % major) / minor);
  const whole = `${Math.floor(ms / major)}${space}${majorUnit}`;
  return rest === 0 ? whole : `${whole}${space}${rest}${space}${minorUnit}`;
}

/** "just now", "12 s ago", "5 m ago", "in 3 h": one unit, as a list shows it. What has passed is whole, what is ahead the nearest. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 2 * second) return 'just now';
  return at > now ? `in ${oneUnit(distance, Math.round)}` : `${oneUnit(distance, Math.floor)} ago`;
}

function oneUnit(ms: number, whole: (amount: number) => number): string {
  if (whole(ms / second) < 60) return `${whole(ms / second)} s`;
  if (whole(ms / minute) < 60) return `${whole(ms / minute)} m`;
  if (whole(ms / hour) < 24) return `${whole(ms / hour)} h`;
  return `${whole(ms / day)} d`;
}

/** The same on the server and in every browser: used until the reader's own time zone is known. */
export const formatUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const localFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const formatLocal = (at: number): string => localFormat.format(at);
