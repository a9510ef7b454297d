import type { ExportedTask } from '#lib/tasks/index';

/** The columns of the file, in their order. */
const columns: { head: string; cell: (task: ExportedTask) => unknown }[] = [
  { head: 'id', cell: ({ id }) => id },
  { head: 'definition', cell: ({ definition }) => definition },
  { head: 'queue', cell: ({ queue }) => queue },
  { head: 'state', cell: ({ state }) => state },
  { head: 'priority', cell: ({ priority }) => priority },
  { head: 'attempt', cell: ({ attempt }) => attempt },
  { head: 'maxAttempts', cell: ({ maxAttempts }) => maxAttempts },
  { head: 'tags', cell: ({ tags }) => tags.join(' ') },
  { head: 'workerId', cell: ({ workerId }) => workerId },
  { head: 'submittedBy', cell: ({ submittedBy }) => submittedBy },
  { head: 'createdAt', cell: ({ createdAt }) => createdAt },
  { head: 'startedAt', cell: ({ startedAt }) => startedAt },
  { head: 'finishedAt', cell: ({ finishedAt }) => finishedAt },
  { head: 'runMs', cell: ({ runMs }) => runMs },
  { head: 'error', cell: ({ error }) => error?.message },
  { head: 'payload', cell: ({ payload }) => JSON.stringify(payload) },
  { head: 'result', cell: ({ result }) => (result === null ? null : JSON.stringify(result)) },
  { head: 'metadata', cell: ({ metadata }) => metadata && JSON.stringify(metadata) },
];

export const csvHead = `${columns.map(({ head }) => head).join(',')}\r\n`;

/** A task as a line of CSV (RFC 4180). */
export const csvLine = (task: ExportedTask): string =>
  `${columns.map(({ cell }) => csvCell(cell(task))).join(',')}\r\n`;

/**
 * A cell. A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it a text: what people and
 * programs submitted must never run on the machine of who opens the file.
 */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = String(value);
  const inert = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
