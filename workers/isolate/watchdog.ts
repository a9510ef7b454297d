/**
 * A thread of the process of an isolated handler. It still runs while the handler keeps the main thread busy: it ends the
 * process when its worker is gone, or when it holds more memory than it may, outside the heap that V8 limits itself.
 */
import { existsSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { killAll } from './kill-all.ts';
import { killGroup } from './kill-group.ts';

export type WatchdogData = { workerPid: number; memoryMb: number; mark: string };

const { workerPid, memoryMb, mark } = workerData as WatchdogData;

/** Node itself, its code and young objects. */
const besidesHeapMb = 256;
const maxBytes = (memoryMb + besidesHeapMb) * 1024 * 1024;

/** Opened once: a handler may leave no file that could be opened. */
const status = existsSync('/proc/self/status') ? openSync('/proc/self/status', 'r') : undefined;
const text = Buffer.alloc(4_096);

function residentBytes(): number {
  if (status === undefined) return process.memoryUsage.rss();
  const length = readSync(status, text, 0, text.length, 0);
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(text.toString('latin1', 0, length))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

const watch = setInterval(() => {
  if (process.ppid !== workerPid) {
    clearInterval(watch);
    void killAll(process.pid, mark);
  }
  if (residentBytes() <= maxBytes) return;
  try {
    writeSync(2, 'The process is out of memory.\n');
  } finally {
    killGroup(process.pid);
  }
}, 100);
parentPort?.postMessage('watching', []);
