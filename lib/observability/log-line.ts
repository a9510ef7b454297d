import { currentContext } from './context.ts';
import { redact } from './redact.ts';
import { version } from './version.ts';

export type LogFields = Record<string, unknown>;

const RESERVED = new Set(['ts', 'level', 'msg', 'service', 'version']);

/**
 * One log line as JSON: ts, level, msg, service, version, then the context, then the caller's fields, all redacted.
 * Newlines inside values are escaped by JSON, so an entry is always one line.
 */
export function formatLine(entry: { level: string; message: string; service: string; fields?: LogFields }): string {
  return JSON.stringify({
    ts: new Date().toISOString(),
    level: entry.level,
    msg: redact(entry.message),
    service: entry.service,
    version,
    ...printable(currentContext()),
    ...printable(entry.fields ?? {}),
  });
}

function printable(fields: LogFields): LogFields {
  const safe = redact(fields);
  if (typeof safe !== 'object' || safe === null) return { fields: safe };
  return Object.fromEntries(
    Object.entries(safe)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [fieldName(key), value]),
  );
}

/** A caller's `level` or `ts` must not pass for the line's own. */
function fieldName(key: string): string {
  const name = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return RESERVED.has(name) ? `field_${name}` : name;
}
