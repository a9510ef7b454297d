import { exitReason } from './exit-reason.ts';

const exit = { ready: true, code: null, signal: null, stderr: '', memoryMb: 512 };

test.each([
  [{ code: 0 }, 'The handler ended its process with code 0.'],
  [{ code: 3 }, 'The handler ended its process with code 3.'],
  [{ signal: 'SIGABRT' }, "The handler's process was ended by SIGABRT: it, or a library in it, gave up."],
  [
    { signal: 'SIGSEGV' },
    "The handler's process was ended by SIGSEGV: native code reached for memory that is not its own.",
  ],
  [{ signal: 'SIGTERM' }, "The handler's process was ended by SIGTERM."],
  [
    { signal: 'SIGABRT', stderr: 'FATAL ERROR: … JavaScript heap out of memory' },
    'The handler ran out of its 512 MB of memory.',
  ],
  [{ code: 134, stderr: 'JavaScript heap out of memory' }, 'The handler ran out of its 512 MB of memory.'],
  [{ signal: 'SIGKILL', stderr: 'The process is out of memory.' }, 'The handler ran out of its 512 MB of memory.'],
  [{ code: 0, stderr: 'I am not out of memory' }, 'The handler ended its process with code 0.'],
  [
    { ready: false, code: 1 },
    "The handler's process could not start: it ended with code 1. What it wrote is in the log.",
  ],
] as const)('%o', (how, reason) => {
  expect(exitReason({ ...exit, ...how })).toBe(reason);
});
