import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { addTally, check } from './report.ts';
import type { Tally } from './report.ts';
import { runNode } from './run-node.ts';

const resultSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** Files that could not even be loaded. */
  numRuntimeErrorTestSuites: z.number(),
});

const projects = { unit: ['unit', 'components'], integration: ['integration'] };

/** Where a run leaves its part of the coverage. */
export const coverageFolder = (suite: keyof typeof projects): string => `coverage/${suite}`;

/** Runs Jest on the projects of a suite. A test that was skipped and a run without tests are failures. */
export async function jest(suite: keyof typeof projects): Promise<Tally> {
  const outputFile = `coverage/${suite}.json`;
  rmSync(outputFile, { force: true });
  const code = await runNode(
    [
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      ...projects[suite],
      '--ci',
      '--maxWorkers=2',
      '--coverage',
      `--coverageDirectory=${coverageFolder(suite)}`,
      '--coverageReporters=json',
      '--json',
      `--outputFile=${outputFile}`,
    ],
    { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  );
  const result = readResult(outputFile);
  if (!result) return check(`${suite}: Jest`, false, 'it ended without a result');
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const tests = { passed: result.numPassedTests, failed };
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0) return addTally(tests, check(`${suite}: no test is skipped`, false, `${skipped} are`));
  if (result.numPassedTests + failed === 0) return check(`${suite}: there are tests`, false);
  // A leak or a failing teardown.
  if (code !== 0 && failed === 0) return addTally(tests, check(`${suite}: Jest ends well`, false, `exit code ${code}`));
  return tests;
}

function readResult(file: string): z.infer<typeof resultSchema> | undefined {
  try {
    return resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
