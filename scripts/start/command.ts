import { describeError } from './problem.ts';

/** Runs a command of scripts/: what a person can mend is printed on one line, and the exit code says that it failed. */
export async function command(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`✗ ${describeError(error)}`);
    process.exitCode = 1;
  }
}
