import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { findChromium } from './needs.ts';
import { addTally, check } from './report.ts';
import type { Tally } from './report.ts';
import { runNode } from './run-node.ts';
import { startWholeApp } from './whole-app.ts';

const resultFile = 'test-results/results.json';
const resultSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Starts a whole Taskdeck of its own as a user does, drives it with Playwright, and stops it. */
export async function endToEnd(): Promise<Tally> {
  rmSync(resultFile, { force: true });
  const app = await startWholeApp();
  if (!app) return check('e2e: the app starts', false, 'see above');
  const tally = await playwright(app.env).catch((error: unknown) => check('e2e: Playwright', false, String(error)));
  if (tally.failed > 0) app.showLogs();
  const code = await app.stop();
  return [
    tally,
    check('e2e: the app starts', true),
    check('e2e: the app stops in order', code === 0, code === 0 ? '' : `exit code ${code}`),
  ].reduce(addTally);
}

async function playwright(env: Record<string, string>): Promise<Tally> {
  const chromium = findChromium();
  await runNode(['node_modules/@playwright/test/cli.js', 'test'], {
    ...env,
    ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }),
  });
  const { stats } = resultSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  const tests = { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  if (stats.skipped > 0) return addTally(tests, check('e2e: no test is skipped', false, `${stats.skipped} are`));
  if (stats.expected + tests.failed === 0) return check('e2e: there are tests', false);
  return tests;
}
