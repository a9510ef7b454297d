import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import { StartProblem } from './problem.ts';

export type Exit = { code: number | null; signal: string | null };

/** A running server, whatever it is. */
export type Running = {
  pid: number;
  exited: Promise<Exit>;
  /** Ends it, gently; resolves when it has ended. */
  stop(): Promise<void>;
  /** Ends it now. */
  kill(): void;
};

export type ChildOptions = {
  file: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Takes all output. */
  logFile: string;
  /** How long it may take to end by itself. */
  graceMs: number;
};

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only us, who stop it in order.
 * It writes to its log by itself: a busy worker's lines do not pass through this process.
 */
export async function startChild(options: ChildOptions): Promise<Running> {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(options.file, options.args, {
    detached: true,
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = exitOf(child);
  const pid = await pidOf(child, options.file);
  return {
    pid,
    exited,
    kill: () => killGroup(pid),
    async stop() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => killGroup(pid), options.graceMs);
      await exited;
      clearTimeout(impatience);
      // What it left behind of its own children.
      killGroup(pid);
    },
  };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function pidOf(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? -1));
    child.once('error', (cause) =>
      reject(
        new StartProblem(`${file} cannot be run: ${cause.message}`, 'Delete node_modules and start again.', { cause }),
      ),
    );
  });
}

/** Ends a process and all that it started. */
export const killGroup = (pid: number): void => signalProcess(-pid, 'SIGKILL');

/** Signals a process, or the group of a negative id. One that has ended already is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
