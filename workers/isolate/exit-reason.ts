export type Exit = {
  /** False when it ended before it could take a task. */
  ready: boolean;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last it wrote to stderr. */
  stderr: string;
  memoryMb: number;
};

/** What a signal mostly means that no handler sends on purpose. */
const meanings: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'it, or a library in it, gave up',
  SIGBUS: 'native code reached for memory that is not there',
  SIGFPE: 'native code computed what cannot be computed',
  SIGILL: 'native code is broken, or made for another processor',
  SIGKILL: 'something from outside killed it, as the system does when the machine is out of memory',
  SIGSEGV: 'native code reached for memory that is not its own',
};

/** Why a handler's process ended, for the person who submitted the task. */
export function exitReason({ ready, code, signal, stderr, memoryMb }: Exit): string {
  const meaning = signal && meanings[signal];
  const how = signal ? `was ended by ${signal}${meaning ? `: ${meaning}` : ''}` : `ended with code ${code}`;
  if (!ready) return `The handler's process could not start: it ${how}. What it wrote is in the log.`;
  // V8 and the watchdog both say so before they end it.
  if (code !== 0 && /out of memory/i.test(stderr)) return `The handler ran out of its ${memoryMb} MB of memory.`;
  return signal ? `The handler's process ${how}.` : `The handler ended its process with code ${code}.`;
}
