import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 20;

/** Measures this process: its memory, and how late its timers are. */
export function startVitals(): { memoryBytes(): number; takeLagMs(): number; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  return {
    memoryBytes: () => process.memoryUsage.rss(),
    /** Milliseconds, 99th percentile since it was last asked. */
    takeLagMs: () => {
      const lag = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
      delay.reset();
      return lag;
    },
    stop: () => void delay.disable(),
  };
}
