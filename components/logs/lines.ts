import { type LogLevel, logLevels, seqPerAttempt, type TaskLogLine } from '#lib/tasks/types';
import type { LogPage } from '../api/types.ts';

/** The lines of a task from its first on. */
export type LogState = {
  lines: TaskLogLine[];
  /** Up to this seq the API has confirmed that no line is missing. */
  verifiedTo: number;
  /** The API holds more than was loaded. */
  more: boolean;
};

export const noLines: LogState = { lines: [], verifiedTo: 0, more: false };

/** Adds what the API answered for "after `verifiedTo`". */
export function addFetched(state: LogState, page: LogPage): LogState {
  return {
    lines: union(state.lines, page.lines),
    verifiedTo: Math.max(state.verifiedTo, page.lines.at(-1)?.seq ?? 0),
    more: page.next !== null,
  };
}

/**
 * Adds lines that were broadcast. `gap` says that some before them did not arrive: fetch from `verifiedTo`. While
 * more is to be loaded they wait there, so that what is shown never has a hole.
 */
export function addLive(state: LogState, incoming: readonly TaskLogLine[]): { state: LogState; gap: boolean } {
  if (state.more) return { state, gap: false };
  const last = state.lines.at(-1);
  const first = incoming[0];
  const gap =
    first !== undefined && (last ? runOf(first) === runOf(last) && first.seq > last.seq + 1 : first.attempt > 1);
  return { state: { ...state, lines: union(state.lines, incoming) }, gap };
}

function union(known: TaskLogLine[], incoming: readonly TaskLogLine[]): TaskLogLine[] {
  const last = known.at(-1)?.seq ?? 0;
  if (incoming.every((line, index) => line.seq > (incoming[index - 1]?.seq ?? last))) return [...known, ...incoming];
  const bySeq = new Map([...known, ...incoming].map((line) => [line.seq, line]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Which execution of the task wrote the line; unlike the attempt's number it never begins anew. */
export const runOf = ({ seq }: TaskLogLine): number => Math.floor(seq / seqPerAttempt);

/** Fields as a line shows them: `to=inbox size=3`. */
export const fieldText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Lines of a level and worse that have the text in their message or fields, whatever the case. */
export function narrow(lines: readonly TaskLogLine[], level: LogLevel, text: string): readonly TaskLogLine[] {
  const wanted = text.toLowerCase();
  const least = logLevels.indexOf(level);
  if (least === 0 && wanted === '') return lines;
  const fits = ({ message, fields }: TaskLogLine): boolean =>
    message.toLowerCase().includes(wanted) ||
    Object.entries(fields ?? {}).some(([name, value]) => `${name}=${fieldText(value)}`.toLowerCase().includes(wanted));
  return lines.filter((line) => logLevels.indexOf(line.level) >= least && (wanted === '' || fits(line)));
}

/** The lines of each execution together, in their order. */
export function byRun(lines: readonly TaskLogLine[]): { run: number; attempt: number; lines: TaskLogLine[] }[] {
  const groups: { run: number; attempt: number; lines: TaskLogLine[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.run === runOf(line)) last.lines.push(line);
    else groups.push({ run: runOf(line), attempt: line.attempt, lines: [line] });
  }
  return groups;
}
