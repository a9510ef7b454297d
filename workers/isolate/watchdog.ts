/**
 * A thread of the process of an isolated handler. It still runs while the handler keeps the main thread busy: it ends the
 * process when its worker is gone, or when it holds more memory than it may, outside the heap that V8 limits itself.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { killGroup } from './kill-group.ts';

export type WatchdogData = { workerPid: number; memoryMb: number };

const { workerPid, memoryMb } = workerData as WatchdogData;

/** Node itself, its code and young objects. */
const besidesHeapMb = 256;
const maxBytes = (memoryMb + besidesHeapMb) * 1024 * 1024;

setInterval(() => {
  if (process.ppid !== workerPid) killGroup(process.pid);
  if (process.memoryUsage.rss() <= maxBytes) return;
  try {
    writeSync(2, 'The process is out of memory.\n');
  } finally {
    killGroup(process.pid);
  }
}, 200);
