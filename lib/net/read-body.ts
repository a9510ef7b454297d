import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { GuardedFetchError } from './errors.ts';

/** `truncate` keeps the first `maxBytes` and reads no further; `error` throws `too_large`. */
export type BodyLimit = { maxBytes: number; overflow: 'error' | 'truncate' };

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a body up to a limit that counts decompressed bytes, so that a small bomb is cut off like a large page.
 *
 * @throws GuardedFetchError `too_large`, or `network` for an encoding that nobody asked for.
 */
export async function readBody(
  response: IncomingMessage,
  host: string,
  { maxBytes, overflow }: BodyLimit,
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decoded(response, host) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) break;
  }
  if (bytes > maxBytes && overflow === 'error') {
    throw new GuardedFetchError(
      'too_large',
      `The answer of ${host} is larger than the ${maxBytes.toLocaleString('en')} bytes that are allowed here.`,
    );
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), truncated: bytes > maxBytes };
}

/** We ask for no compression, but some servers compress whatever one asks. */
function decoded(response: IncomingMessage, host: string): Readable {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const hasNoBody =
    response.statusCode === 204 || response.statusCode === 304 || response.headers['content-length'] === '0';
  if (encoding === 'identity' || encoding === '' || hasNoBody) return response;
  const decoder = decoders[encoding]?.();
  if (!decoder) {
    response.destroy();
    throw new GuardedFetchError(
      'network',
      `${host} answered in the encoding "${encoding.slice(0, 40)}", which nobody asked for.`,
    );
  }
  // The error reaches the reader through the decoder, which pipeline destroys with it.
  return pipeline(response, decoder, () => undefined);
}
