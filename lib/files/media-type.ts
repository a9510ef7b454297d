import { isUtf8 } from 'node:buffer';
import { TaskdeckError } from '#lib/errors';

type Kind = { mediaType: string; declaredAs: string[]; extensions: string[]; problem(content: Buffer): string | null };

/** What may be uploaded: what a task can read. Browsers and systems have several names for the same type. */
const kinds: Kind[] = [
  {
    mediaType: 'audio/wav',
    declaredAs: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
    extensions: ['wav', 'wave'],
    problem: wavProblem,
  },
  // Windows with Excel calls a CSV file an Excel file.
  {
    mediaType: 'text/csv',
    declaredAs: ['text/csv', 'application/csv', 'text/x-csv', 'application/vnd.ms-excel'],
    extensions: ['csv'],
    problem: textProblem,
  },
  {
    mediaType: 'text/tab-separated-values',
    declaredAs: ['text/tab-separated-values'],
    extensions: ['tsv', 'tab'],
    problem: textProblem,
  },
  {
    mediaType: 'application/json',
    declaredAs: ['application/json', 'text/json'],
    extensions: ['json'],
    problem: textProblem,
  },
  { mediaType: 'text/plain', declaredAs: ['text/plain'], extensions: ['txt', 'log', 'md'], problem: textProblem },
];

/** What a sender declares who does not know: then the name's extension decides. */
const unknowing = ['', 'application/octet-stream', 'binary/octet-stream'];

/**
 * The type of an upload by our name for it. The declared type, or the extension where none is declared, says what the
 * content has to be; the content has to agree.
 *
 * @param declared a Content-Type, with or without parameters.
 * @throws TaskdeckError `unsupported_media_type` at /mediaType for a type that no task reads, at /content for content of another type.
 */
export function checkMediaType(declared: string, name: string, content: Buffer): string {
  const essence = (declared.split(';')[0] ?? '').trim().toLowerCase();
  const extension = name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : '';
  const kind = kinds.find(({ declaredAs, extensions }) =>
    unknowing.includes(essence) ? extensions.includes(extension) : declaredAs.includes(essence),
  );
  if (!kind) {
    const what = unknowing.includes(essence)
      ? 'A file of an unknown type'
      : `A file of the type ${essence.slice(0, 100)}`;
    throw refused('/mediaType', `${what} cannot be uploaded: WAV audio, CSV, JSON and plain text can.`);
  }
  const problem = kind.problem(content);
  if (problem) throw refused('/content', `The file is not ${kind.mediaType}: ${problem}.`);
  return kind.mediaType;
}

function wavProblem(content: Buffer): string | null {
  const isWav = content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WAVE';
  return isWav ? null : 'it does not begin as a WAV file does (RIFF … WAVE)';
}

function textProblem(content: Buffer): string | null {
  if (content.includes(0)) return 'it holds NUL bytes, so it is binary, or text in UTF-16: save it as UTF-8';
  return isUtf8(content) ? null : 'it is not in UTF-8: save it in that encoding';
}

const refused = (pointer: string, message: string) =>
  new TaskdeckError('unsupported_media_type', message, { fields: [{ pointer, message }] });
