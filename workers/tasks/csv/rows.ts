import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { PermanentError } from '#lib/tasks/define';

/** A row of fields as text; `line` is where it begins in the file, from 1. */
export type CsvRow = { line: number; fields: string[] };

export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type Delimiter = keyof typeof delimiters;

/** Longer rows are nearly always a quote that is opened and never closed. */
const maxRowBytes = 256 * 1024;

/**
 * Reads a CSV file row by row; blank lines are left out.
 *
 * @throws PermanentError naming the line at which a quote is opened and not closed: what follows cannot be told apart.
 */
export async function* readRows(content: Buffer, delimiter: Delimiter): AsyncGenerator<CsvRow> {
  const lines = lineCounter(content);
  // Where the rows end that are parsed and not yet taken.
  const ends: number[] = [];
  const parser = parse({
    delimiter: delimiters[delimiter],
    // All three, since files that were edited on two systems mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRowBytes,
    on_record: (fields, { bytes }) => {
      ends.push(bytes);
      return fields;
    },
  });
  try {
    for await (const fields of Readable.from(slices(content)).compose(parser) as AsyncIterable<string[]>) {
      yield { line: lines.startOfNextRow(), fields };
      lines.advanceTo(ends.shift() ?? 0);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The rows that were not taken are lost with the stream; the bad one follows them.
    lines.advanceTo(ends.at(-1) ?? 0);
    throw new PermanentError(
      `The row at line ${lines.startOfNextRow()} cannot be read: it opens a quote (") that is never closed, or is longer than 256 KB. Nothing after it could be told apart.`,
      { cause: error },
    );
  }
}

/** Small enough that parsing one does not hold up the worker. */
function* slices(content: Buffer): Generator<Buffer> {
  const size = 16 * 1024;
  for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
}

const LF = 0x0a;
const CR = 0x0d;

/** Tells lines from bytes: the parser counts a CRLF within quotes as two. */
function lineCounter(content: Buffer) {
  let line = 1;
  let offset = 0;
  const step = () => {
    const byte = content[offset];
    offset += 1;
    if (byte === LF || (byte === CR && content[offset] !== LF)) line += 1;
  };
  return {
    advanceTo(end: number): void {
      while (offset < end) step();
    },
    /** Skips the line breaks of blank lines. */
    startOfNextRow(): number {
      while (offset < content.length && (content[offset] === LF || content[offset] === CR)) step();
      return line;
    },
  };
}

/** The number of lines, blank ones included. */
export function countLines(content: Buffer): number {
  const lines = lineCounter(content);
  lines.advanceTo(content.length);
  return lines.startOfNextRow();
}

/** The delimiter that the first line holds most often outside of quotes; a comma when it holds none. */
export function detectDelimiter(content: Buffer): Delimiter {
  const firstLine =
    content
      .toString('utf8', 0, 64 * 1024)
      .replace(/"[^"]*"/g, '')
      .split(/[\r\n]/)
      .find((line) => line.trim() !== '') ?? '';
  const candidates = Object.entries(delimiters) as [Delimiter, string][];
  const counted = candidates.map(([name, sign]) => ({ name, count: firstLine.split(sign).length - 1 }));
  return counted.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).name;
}
