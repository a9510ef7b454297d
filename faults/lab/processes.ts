import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';
import { type Exit, signalProcess, startChild } from '../../scripts/start/child.ts';

/** A process of ours under test. */
export type Process = {
  program: Program;
  pid: number;
  /** Set when it has ended. */
  exit: Exit | undefined;
  exited: Promise<Exit>;
  signal(signal: NodeJS.Signals): void;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
};

export type Program = 'worker' | 'web' | 'relay';

const root = join(import.meta.dirname, '..', '..');

/** The real worker, given the folder of handlers that a user would edit; the API and the relay alone are the harness's own. */
const programs: Record<Program, string> = {
  worker: join(root, 'workers', 'main.ts'),
  web: join(root, 'faults', 'web.ts'),
  relay: join(root, 'faults', 'relay.ts'),
};

/** Where a worker finds its handlers; the hostile one costs an isolated process more. */
export type Workplace = 'workplace' | 'workplace-hostile';

type Options = { env: Record<string, string>; logFile: string; nodeArgs?: string[]; workplace?: Workplace };

/** Starts a program; returns as soon as it is a process. All its output goes to the log. */
export async function startProcess(
  program: Program,
  { env, logFile, nodeArgs = [], workplace = 'workplace' }: Options,
): Promise<Process> {
  const child = await startChild({
    file: process.execPath,
    args: [...nodeArgs, programs[program]],
    cwd: program === 'worker' ? join(root, 'faults', workplace) : root,
    env: { NODE_ENV: 'production', ...env },
    logFile,
    graceMs: 60_000,
  });
  const started: Process = {
    program,
    pid: child.pid,
    exit: undefined,
    exited: child.exited,
    signal: (signal) => signalProcess(child.pid, signal),
    kill: async () => {
      child.kill();
      await child.exited;
    },
  };
  const forget = atExit(() => child.kill());
  void child.exited.then((exit) => {
    started.exit = exit;
    forget();
  });
  return started;
}

/** How often a log says it. */
export const countInLog = (file: string, text: string): number => readFileSync(file, 'utf8').split(text).length - 1;
