import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { z } from 'zod';
import { defineTask, PermanentError } from '#lib/tasks/define';
import { columnSummary } from './csv/column-summary.ts';
import { readHeader } from './csv/header.ts';
import { countLines, detectDelimiter, readRows } from './csv/rows.ts';
import { fileField } from './forms/fields.ts';
import { readUpload } from './uploads/read-upload.ts';

const maxListedBadRows = 100;
const rowsBetweenPauses = 500;

export default defineTask({
  name: 'importCsv',
  title: 'Check a CSV file',
  description:
    'Reads an uploaded CSV file row by row, lists the bad rows by line, and sums up each column. It stores the rows nowhere: it is a check before an import, and an example to build one from.',
  payload: z.strictObject({
    file: fileField({
      title: 'CSV file',
      description: 'UTF-8, at most 10 MB; the first row names the columns.',
      accept: 'text/csv,.csv,.tsv,.txt',
    }),
    delimiter: z
      .enum(['auto', 'comma', 'semicolon', 'tab', 'pipe'])
      .default('auto')
      .meta({ title: 'Delimiter', description: 'auto takes the one that the first row has most often.' }),
    requiredColumns: z
      .array(z.string().min(1).max(200))
      .max(200)
      .default([])
      .meta({ title: 'Required columns', description: 'A row with one of these empty is bad.' }),
  }),
  retry: { attempts: 3, backoff: { type: 'exponential', delay: 2_000, max: 30_000, jitter: true } },
  timeout: 300_000,
  isolate: true,

  async run({ file, delimiter, requiredColumns }, task) {
    const { name, content } = await readUpload(file);
    const total = countLines(content);
    const used = delimiter === 'auto' ? detectDelimiter(content) : delimiter;
    task.log.info(`reading ${name}`, { bytes: content.length, lines: total, delimiter: used });

    const rows = readRows(content, used);
    const header = await rows.next();
    if (header.done) throw new PermanentError('The file has no rows: the first one names the columns.');
    const names = readHeader(header.value.fields, requiredColumns);
    const columns = names.map((column) => columnSummary(column));
    const required = names.flatMap((column, index) => (requiredColumns.includes(column) ? [index] : []));

    const badRows: { line: number; reason: string }[] = [];
    let valid = 0;
    let bad = 0;
    for await (const { line, fields } of rows) {
      const reason = problemOf(fields, names, required);
      if (reason === null) {
        valid += 1;
        // An import of your own saves the row here, in batches and keyed so that a second attempt does not double it.
        columns.forEach((column, index) => column.add(fields[index] ?? ''));
      } else {
        bad += 1;
        if (badRows.length < maxListedBadRows) {
          badRows.push({ line, reason });
          task.log.warn(`line ${line}: ${reason}`);
        }
      }
      if ((valid + bad) % rowsBetweenPauses === 0) {
        task.progress({ done: line, total, message: `${valid} valid, ${bad} bad` });
        // Parsing would otherwise keep other tasks, and the cancel signal, out.
        await yieldToEvents();
        task.signal.throwIfAborted();
      }
    }

    task.progress({ done: total, total, message: `${valid} valid, ${bad} bad` });
    if (bad > badRows.length) task.log.warn(`${bad - badRows.length} more bad rows are counted, not listed`);
    return {
      rows: valid + bad,
      valid,
      bad,
      badRows,
      delimiter: used,
      columns: columns.map((column) => column.result()),
    };
  },
});

/** Why a row is bad; null when it is not. */
function problemOf(fields: string[], names: string[], required: number[]): string | null {
  if (fields.length !== names.length)
    return `it has ${fields.length} field${fields.length === 1 ? '' : 's'}, but there are ${names.length} columns`;
  const empty = required.filter((index) => (fields[index] ?? '').trim() === '');
  return empty.length === 0 ? null : `${empty.map((index) => `"${names[index]}"`).join(', ')} must not be empty`;
}
