import { TaskdeckError } from '#lib/errors';
import { parseJson } from '#lib/json/index';

export const maxBodyBytes = 256 * 1024;

/** What the body of a request may have. */
type Limits = { bytes: number; keys?: number };

/** For bodies of many tasks. */
export const batchLimits: Limits = { bytes: 4 * 1024 * 1024, keys: 50_000 };

/**
 * The JSON body of a request.
 *
 * @throws TaskdeckError unsupported_media_type, too_large, malformed, or invalid with JSON pointers.
 */
export async function readJson(request: Request, limits: Limits = { bytes: maxBodyBytes }): Promise<unknown> {
  const type = request.headers.get('content-type')?.toLowerCase() ?? '';
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/.test(type)) {
    throw new TaskdeckError('unsupported_media_type', 'The body must be JSON.', {
      hint: 'Send Content-Type: application/json.',
    });
  }
  const bytes = await readBytes(request, limits.bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TaskdeckError('malformed', 'The body is not valid UTF-8.', { cause });
  }
  return parseJson(text, limits.keys);
}

/**
 * A form with files.
 *
 * @throws TaskdeckError unsupported_media_type, too_large, malformed.
 */
export async function readForm(request: Request, limit: number): Promise<FormData> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new TaskdeckError('unsupported_media_type', 'A file is uploaded as a form.', {
      hint: 'Send Content-Type: multipart/form-data.',
    });
  }
  const bytes = await readBytes(request, limit);
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new TaskdeckError('malformed', 'The form cannot be read.', { cause });
  }
}

/** Counts what really arrives: Content-Length is only a promise, and a chunked body makes none. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get('content-encoding');
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw new TaskdeckError('unsupported_media_type', 'A compressed body is not accepted.', {
      hint: 'Send it without Content-Encoding.',
    });
  }
  const tooLarge = () => new TaskdeckError('too_large', `The body is larger than ${Math.floor(limit / 1024)} KB.`);
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    // The rest is left where it is: a cancel would close the connection, and the answer with it.
    if (size > limit) throw tooLarge();
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
