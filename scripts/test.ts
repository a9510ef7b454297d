/**
 * `npm test`: formatter, linter, types, dead code, dashboards, unit, integration, coverage, fault and end-to-end tests. Gets what they
 * need, and fails where that cannot be had. `npm test -- e2e` runs some of it; the names are those of `suites`.
 * The last line is `N passed, N failed`.
 */
import { StartProblem } from './start/problem.ts';
import { command } from './start/command.ts';
import { coverage } from './test/coverage.ts';
import { endToEnd, takePictures } from './test/end-to-end.ts';
import { faults } from './test/faults.ts';
import { jest } from './test/jest.ts';
import { getNeeds } from './test/needs.ts';
import type { Need } from './test/needs.ts';
import { addTally, heading, noTally } from './test/report.ts';
import type { Tally } from './test/report.ts';
import { deadCode, dashboards, format, lint, types } from './test/static-checks.ts';

type Suite = { needs?: Need[]; /** Only when it is asked for. */ byName?: true; run(): Promise<Tally> };

const suites: Record<string, Suite> = {
  format: { run: format },
  lint: { run: lint },
  types: { run: types },
  'dead-code': { run: deadCode },
  dashboards: { run: dashboards },
  unit: { run: () => jest('unit') },
  integration: { needs: ['redis', 'prometheus', 'caddy'], run: () => jest('integration') },
  coverage: { run: coverage },
  faults: { needs: ['redis'], run: faults },
  e2e: { needs: ['redis', 'chromium', 'prometheus'], run: endToEnd },
  pictures: { needs: ['redis', 'chromium'], byName: true, run: takePictures },
};

await command(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in suites));
  if (unknown !== undefined)
    throw new StartProblem(`There is no suite "${unknown}"`, `The suites are ${Object.keys(suites).join(', ')}.`);
  const chosen = Object.entries(suites).filter(([name, { byName = false }]) =>
    wanted.length === 0 ? !byName : wanted.includes(name),
  );

  const missing = await getNeeds([...new Set(chosen.flatMap(([, { needs = [] }]) => needs))]);
  let total = noTally;
  for (const [name, suite] of chosen) {
    heading(name);
    const lacks = (suite.needs ?? []).filter((need) => missing.has(need));
    if (lacks.length > 0) console.error(`✗ ${name} cannot run without ${lacks.join(' and ')}`);
    total = addTally(total, lacks.length > 0 ? { passed: 0, failed: 1 } : await suite.run());
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
});
