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

/**
 * All tests on the engine that a user gets, those that concern the engine on the other one, and the pictures of the pages in a
 * copy where nothing else has happened.
 */
export async function endToEnd(): Promise<Tally> {
  return [
    await drive('auto', ['--project', 'chromium']),
    await drive('postgres', ['--project', 'chromium', '--grep', '@engine']),
    await drive('auto', ['--project', 'visual']),
  ].reduce(addTally);
}

/** Takes the pictures of the pages anew: for a person, who looks at what changed. */
export const takePictures = (): Promise<Tally> => drive('auto', ['--project', 'visual', '--update-snapshots=all']);

/** Starts a whole Taskdeck of its own as a user does, drives it with Playwright, and stops it. */
async function drive(engine: 'auto' | 'postgres', selection: string[]): Promise<Tally> {
  rmSync(resultFile, { force: true });
  const app = await startWholeApp(engine);
  if (!app) return check(`e2e (${engine}): the app starts`, false, 'see above');
  const tally = await playwright(app.env, selection).catch((error: unknown) =>
    check('e2e: Playwright', false, String(error)),
  );
  if (tally.failed > 0) app.showLogs();
  const code = await app.stop();
  return [
    tally,
    check(`e2e (${engine}): the app starts`, true),
    check(`e2e (${engine}): the app stops in order`, code === 0, code === 0 ? '' : `exit code ${code}`),
  ].reduce(addTally);
}

async function playwright(env: Record<string, string>, selection: string[]): Promise<Tally> {
  const chromium = findChromium();
  await runNode(['node_modules/@playwright/test/cli.js', 'test', ...selection], {
    ...env,
    ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }),
  });
  const { stats } = resultSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  const tests = { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  if (stats.skipped > 0) return addTally(tests, check('e2e: no test is skipped', false, `${stats.skipped} are`));
  if (stats.expected + tests.failed === 0) return check('e2e: there are tests', false);
  return tests;
}
