import { redact } from '#lib/observability/index';
import { PermanentError } from './define.ts';
import { storable, storableKeys } from './storable.ts';
import type { StoredError } from './types.ts';

/** Bytes of JSON that a result may have. */
export const maxResultBytes = 256 * 1024;
const maxMessage = 4_000;
const maxStack = 16_000;
const maxCauses = 5;

/**
 * A handler's result as plain data that Postgres can keep; undefined becomes null.
 * @throws PermanentError when it is no JSON (circular, BigInt) or too large: another attempt would give the same.
 */
export function toStoredResult(result: unknown): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(result);
  } catch (cause) {
    throw new PermanentError(
      `The result cannot be kept as JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  if (text === undefined) return null;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxResultBytes) {
    throw new PermanentError(
      `The result has ${bytes} bytes and may have ${maxResultBytes}. Keep large results elsewhere and return where.`,
    );
  }
  const suspect = /\\u(0000|d[89a-f])/i.test(text);
  return suspect ? JSON.parse(JSON.stringify(result, storableKeys)) : JSON.parse(text);
}

/** Whatever was thrown, as it is kept and shown: secrets redacted, lengths capped, causes to a depth of five. */
export function toStoredError(thrown: unknown): StoredError {
  try {
    return writeOut(thrown, 0);
  } catch {
    return { name: 'Error', message: 'The handler threw an error that cannot be read.' };
  }
}

function writeOut(thrown: unknown, depth: number): StoredError {
  const safe = (text: string, max: number): string => storable(String(redact(text.slice(0, max))));
  if (!(thrown instanceof Error)) return { name: 'Error', message: safe(describe(thrown), maxMessage) };
  const { cause } = thrown;
  return {
    name: safe(String(thrown.name), 100),
    message: safe(String(thrown.message) || 'The handler gave no message.', maxMessage),
    ...(thrown.stack && { stack: safe(String(thrown.stack), maxStack) }),
    ...(cause !== undefined && depth < maxCauses && { cause: writeOut(cause, depth + 1) }),
    ...(thrown instanceof PermanentError && { retryable: false }),
  };
}

function describe(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  try {
    return `The handler threw ${JSON.stringify(thrown) ?? String(thrown)}, which is no Error.`;
  } catch {
    return 'The handler threw something that is no Error and cannot be shown.';
  }
}
