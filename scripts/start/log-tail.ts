import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { say } from './screen.ts';

const everyMs = 250;
const chunkBytes = 64 * 1024;

/** Shows new lines of these logs on the screen as they are written, each with the name of who wrote it. */
export function followLogs(folder: DataFolder, names: string[]): void {
  for (const name of names) followLog(folder.file('logs', `${name}.log`), (line) => say(`${name.padEnd(6)} │ ${line}`));
}

function followLog(file: string, show: (line: string) => void): void {
  let position = sizeOf(file);
  let rest = '';
  setInterval(() => {
    // Rotated.
    if (sizeOf(file) < position) position = 0;
    while (sizeOf(file) > position) {
      const chunk = readAt(file, position);
      position += chunk.length;
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(show);
    }
  }, everyMs).unref();
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function readAt(file: string, position: number): Buffer {
  const buffer = Buffer.alloc(chunkBytes);
  const handle = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(handle, buffer, 0, chunkBytes, position));
  } finally {
    closeSync(handle);
  }
}
