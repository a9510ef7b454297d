import type { Readable } from 'node:stream';

const maxCharacters = 4_000;

/** Reads a stream to its end, however much comes, and keeps the last of it. */
export function keepTail(stream: Readable | null): { read(): string; clear(): void } {
  let text = '';
  let cut = false;
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const all = text + chunk;
    cut ||= all.length > maxCharacters;
    text = all.slice(-maxCharacters);
  });
  return {
    read: () => (cut ? `…${text}` : text).trim(),
    clear: () => {
      text = '';
      cut = false;
    },
  };
}
