import { redact } from '#lib/observability/index';
import type { TaskContext } from '#lib/tasks/define';
import { storable, storableKeys } from '#lib/tasks/storable';
import type { LogLevel } from '#lib/tasks/types';

const maxLines = 10_000;
const maxBytes = 1024 * 1024;
const maxLineBytes = 16 * 1024;

type Fields = Record<string, unknown>;

/** Takes one line: plain data, redacted and cut to its limits. */
export type WriteLine = (level: LogLevel, message: string, fields: Fields | null) => void;

/** Fields as they are kept: redacted, and dropped with a word when they are too large. */
function toFields(fields: Fields | undefined): { fields: Fields | null; bytes: number } {
  if (!fields) return { fields: null, bytes: 0 };
  const text = JSON.stringify(redact(fields), storableKeys);
  if (text.length > maxLineBytes)
    return { fields: { truncated: `${text.length} characters of fields were dropped` }, bytes: 64 };
  return { fields: JSON.parse(text) as Fields, bytes: text.length };
}

/**
 * What a handler logs by, with the limits of one attempt. The limit is said once, in a line of its own.
 *
 * @param heard is told of every line, of those beyond the limit too.
 */
export function createCappedLog(write: WriteLine, heard: () => void = () => undefined): TaskContext['log'] {
  let count = 0;
  let bytes = 0;

  function add(level: LogLevel, message: string, fields?: Fields): void {
    heard();
    if (count >= maxLines || bytes >= maxBytes) return;
    const kept = toFields(fields);
    const text = storable(String(redact(String(message))).slice(0, maxLineBytes));
    bytes += text.length + kept.bytes;
    count += 1;
    write(level, text, kept.fields);
    if (count < maxLines - 1 && bytes < maxBytes) return;
    count = maxLines;
    write('warn', 'This attempt has reached the limit of its log; further lines are not kept.', null);
  }

  return {
    debug: (message, fields) => add('debug', message, fields),
    info: (message, fields) => add('info', message, fields),
    warn: (message, fields) => add('warn', message, fields),
    error: (message, fields) => add('error', message, fields),
  };
}
