import { redactText } from './redact-text.ts';

const REDACTED = '[redacted]';
const MAX_DEPTH = 8;
const MAX_ENTRIES = 100;
const MAX_NODES = 2_000;
const MAX_TEXT = 16_384;
/** Longest token that a pattern must still see whole when the text is cut at MAX_TEXT. */
const TEXT_MARGIN = 4_096;

const SECRET_KEY =
  /authorization|cookie|token|secret|passw(?:or)?d|passphrase|apikey|accesskey|privatekey|credential|servicerole/;

/**
 * The fields of an error that may be logged. An allow-list, because drivers hang the SQL text and its parameters (the
 * payload of a task) on their errors.
 */
const ERROR_FIELDS = [
  'code',
  'errno',
  'syscall',
  'address',
  'port',
  'status',
  'statusCode',
  'kind',
  'hint',
  'severity',
  'routine',
  'schema_name',
  'table_name',
  'column_name',
  'constraint_name',
];

type Walk = { ancestors: Set<object>; nodes: number };

/**
 * A copy of `value` that is safe to log: plain JSON data, secrets replaced by key name and by value pattern, errors
 * written out with their causes, and bounded in depth, breadth and length. Never throws, never changes its input.
 */
export function redact(value: unknown): unknown {
  return visit(value, { ancestors: new Set(), nodes: 0 });
}

const judgedKeys = new Map<string, boolean>();
const MAX_JUDGED_KEYS = 1_000;

/** Whether a value under this key is a secret whatever it looks like; ignores case and separators. */
function isSecretKey(key: string): boolean {
  const judged = judgedKeys.get(key);
  if (judged !== undefined) return judged;
  const secret = SECRET_KEY.test(key.toLowerCase().replace(/[^a-z0-9]/g, ''));
  if (judgedKeys.size < MAX_JUDGED_KEYS && key.length < 64) judgedKeys.set(key, secret);
  return secret;
}

function visit(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return clip(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'symbol') return clip(value.toString());
  if (typeof value === 'function') return '[function]';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return visitObject(value, walk);
}

function visitObject(value: object, walk: Walk): unknown {
  if (walk.ancestors.has(value)) return '[circular]';
  if (walk.ancestors.size >= MAX_DEPTH) return '[too deep]';
  if (++walk.nodes > MAX_NODES) return '[too large]';
  walk.ancestors.add(value);
  try {
    return expand(value, walk);
  } catch {
    return '[unreadable]'; // a throwing getter or a revoked proxy must not cost us the line
  } finally {
    walk.ancestors.delete(value);
  }
}

function expand(value: object, walk: Walk): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return clip(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
  if (isError(value)) return visitError(value, walk);
  if (value instanceof Map)
    return visitEntries(
      [...value].map(([key, item]) => [String(key), () => item]),
      walk,
    );
  if (value instanceof Set) return visitList([...value], walk);
  if (Array.isArray(value)) return visitList(value, walk);
  return visitEntries(
    Object.keys(value).map((key) => [key, () => Reflect.get(value, key)]),
    walk,
  );
}

/** `instanceof` alone misses errors from another realm (a vm context, which is also where Jest runs tests). */
function isError(value: object): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function visitError(error: Error, walk: Walk): unknown {
  const present = ERROR_FIELDS.filter((field) => field in error && !isSecretKey(field));
  const entries: Entry[] = ['name', 'message', ...present, 'stack'].map((key) => [key, () => Reflect.get(error, key)]);
  if (error.cause !== undefined) entries.push(['cause', () => error.cause]);
  if ('errors' in error) entries.push(['errors', () => error.errors]);
  return visitEntries(entries, walk);
}

type Entry = [key: string, read: () => unknown];

function visitEntries(entries: Entry[], walk: Walk): unknown {
  const kept = entries.slice(0, MAX_ENTRIES).map(([key, read]) => [clip(key), visitEntry(key, read, walk)]);
  if (entries.length > MAX_ENTRIES) kept.push(['…', `${entries.length - MAX_ENTRIES} more`]);
  return Object.fromEntries(kept); // defines own properties, so a key `__proto__` stays plain data
}

function visitEntry(key: string, read: () => unknown, walk: Walk): unknown {
  try {
    const value = read();
    return isSecretKey(key) && holdsSecret(value) ? REDACTED : visit(value, walk);
  } catch {
    return '[unreadable]';
  }
}

/** `hasPassword: true` and `token: null` say something useful and give nothing away. */
function holdsSecret(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}

function visitList(items: unknown[], walk: Walk): unknown[] {
  const kept = items.slice(0, MAX_ENTRIES).map((item) => visit(item, walk));
  if (items.length > MAX_ENTRIES) kept.push(`… ${items.length - MAX_ENTRIES} more`);
  return kept;
}

function clip(text: string): string {
  const safe = redactText(text.slice(0, MAX_TEXT + TEXT_MARGIN));
  return text.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT)}… (${text.length} characters)` : safe;
}
