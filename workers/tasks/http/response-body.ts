/** A body as it is kept in a task's result: JSON when it is, else text, else base64; null when there is none. */
export type ResponseBody = { bodyType: 'json' | 'text' | 'base64' | 'none'; body: unknown };

/** Deeper JSON is kept as text: it is the limit for payloads too, and recursion over it is safe. */
const maxDepth = 32;

/**
 * Reads a response's body by its Content-Type. Whatever it returns can be stored in Postgres as jsonb, which refuses
 * NUL characters and half surrogate pairs.
 *
 * @param truncated the body was cut off, so it is not read as JSON.
 */
export function readResponseBody(body: Buffer, contentType: string, truncated: boolean): ResponseBody {
  if (body.length === 0) return { bodyType: 'none', body: null };
  const text = decode(body, contentType);
  if (text === null || text.includes('\0')) return { bodyType: 'base64', body: body.toString('base64') };
  if (!truncated && /[/+]json\b/i.test(contentType)) {
    const value = parseStorable(text);
    if (value !== undefined) return { bodyType: 'json', body: value };
  }
  return { bodyType: 'text', body: text };
}

/** Null when the bytes are no text in the charset that the server names. */
function decode(body: Buffer, contentType: string): string | null {
  const charset = /;\s*charset="?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    // As a stream: a character that was cut in half at the end is left out.
    return new TextDecoder(charset, { fatal: true }).decode(body, { stream: true });
  } catch {
    return null;
  }
}

/** Undefined when it is no JSON, or none that can be stored. */
function parseStorable(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isStorable(value, 0) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (value === null || typeof value !== 'object') return true;
  if (depth === maxDepth) return false;
  return Object.entries(value).every(([key, child]) => isStorable(key, depth) && isStorable(child, depth + 1));
}
