import type { TaskLogLine } from '#lib/tasks/types';

export const exportFormats = ['ndjson', 'text'] as const;
type ExportFormat = (typeof exportFormats)[number];

const mediaTypes: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};
const extensions: Record<ExportFormat, string> = { ndjson: 'ndjson', text: 'log' };

/** One line of a text file, whatever the message holds: line breaks within it are indented. */
function textLine({ at, level, attempt, message, fields }: TaskLogLine): string {
  const values = Object.entries(fields ?? {}).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const text = `${message}${values.join('')}`.replaceAll(/\r\n|[\r\n]/g, '\n    ');
  return `${at} ${level.toUpperCase().padEnd(5)} [${attempt}] ${text}`;
}

const writers: Record<ExportFormat, (line: TaskLogLine) => string> = { ndjson: JSON.stringify, text: textLine };

/**
 * An answer that writes the pages as they are read: the reader's pace is the database's, and a reader who leaves ends it.
 *
 * @param name of the file, without its extension.
 */
export function exportResponse(
  pages: AsyncGenerator<TaskLogLine[], void, undefined>,
  format: ExportFormat,
  name: string,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) return controller.close();
      controller.enqueue(encoder.encode(value.map((line) => `${writers[format](line)}\n`).join('')));
    },
    async cancel() {
      await pages.return();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="${name}.${extensions[format]}"`,
    },
  });
}
