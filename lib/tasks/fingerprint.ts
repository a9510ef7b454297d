import { createHash } from 'node:crypto';
import type { StoredError } from './types.ts';

/** What differs from one occurrence to the next: ids, numbers, quoted values, addresses. */
const varying: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>'],
  [/https?:\/\/\S+/g, '<url>'],
  [/"[^"]*"|'[^']*'|`[^`]*`/g, '<value>'],
  [/\b0x[0-9a-f]+\b|\b[0-9a-f]{16,}\b/gi, '<hex>'],
  [/\d+(\.\d+)?/g, '<n>'],
];

/** The first frame of ours: where it was thrown, without the line, which moves with each release. */
function thrownAt(stack: string | undefined): string {
  const frame = stack
    ?.split('\n')
    .find((line) => /^\s+at /.test(line) && !line.includes('node_modules') && !line.includes('node:'));
  return /at (?:async )?([^\s(]+) \(/.exec(frame ?? '')?.[1] ?? '';
}

/**
 * Groups errors by cause: the name, the message without what varies, and the function that threw.
 *
 * @returns 16 hexadecimal digits.
 */
export function errorFingerprint(error: StoredError): string {
  const message = varying.reduce((text, [pattern, name]) => text.replace(pattern, name), error.message.slice(0, 500));
  return createHash('sha256')
    .update([error.name, message, thrownAt(error.stack)].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
