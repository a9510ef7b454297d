export type Exit = {
  /** False when it ended before it could take a task. */
  ready: boolean;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote to stderr. */
  stderr: string;
  memoryMb: number;
};

/** Why a handler's process ended, for the person who submitted the task. */
export function exitReason({ ready, code, signal, stderr, memoryMb }: Exit): string {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  if (!ready) return `The handler's process could not start: it ${how}. What it wrote is in the log.`;
  // V8 and the watchdog both say so before they end it.
  if (code !== 0 && /out of memory/i.test(stderr)) return `The handler ran out of its ${memoryMb} MB of memory.`;
  return signal ? `The handler's process ${how}.` : `The handler ended its process with code ${code}.`;
}
