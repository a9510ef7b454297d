import { existsSync } from 'node:fs';
import { check } from './report.ts';
import type { Tally } from './report.ts';
import { runNode } from './run-node.ts';

/** Checks that read the source and run nothing of it. Each counts as one. */
const tool =
  (name: string, advice: string, ...steps: string[][]) =>
  async (): Promise<Tally> => {
    for (const args of steps) if ((await runNode(args)) !== 0) return check(name, false, advice);
    return check(name, true);
  };

export const format = tool('format', 'run "npm run format"', ['node_modules/oxfmt/bin/oxfmt', '--check']);

export const lint = tool('lint', 'see above', ['node_modules/oxlint/bin/oxlint', '--deny-warnings']);

/** The types of routes and pages are Next's to make. */
export const types = tool(
  'types',
  'see above',
  ['node_modules/next/dist/bin/next', 'typegen'],
  ['node_modules/typescript/bin/tsc', '--noEmit'],
);

export const deadCode = tool('dead code', 'see above; an export that nothing imports is removed', [
  'node_modules/knip/bin/knip.js',
  '--no-config-hints',
]);

const dashboardsProgram = 'scripts/dashboards.ts';

/** The committed dashboards are those that the source makes. */
export async function dashboards(): Promise<Tally> {
  if (!existsSync(dashboardsProgram)) return check('dashboards', false, `${dashboardsProgram} is missing`);
  return tool('dashboards', 'run "node scripts/dashboards.ts"', [dashboardsProgram, '--check'])();
}
