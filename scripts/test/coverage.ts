import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { coverageFolder } from './jest.ts';
import { check } from './report.ts';
import type { Tally } from './report.ts';

/** Of the lines of lib and workers, by unit and integration tests together. */
const leastPercent = 80;
const leastShown = 10;

/** Jest's coverage-final.json, so far as it is read here: V8 counts each line as a statement. */
const reportSchema = z.record(
  z.string(),
  z.object({
    statementMap: z.record(z.string(), z.object({ start: z.object({ line: z.number() }) })),
    s: z.record(z.string(), z.number()),
  }),
);

/** Lines of each file, and whether any run reached them. */
type Lines = Map<string, Map<number, boolean>>;

/** Joins what the suites that ran left behind and holds it against the threshold. */
export async function coverage(): Promise<Tally> {
  const files = [coverageFolder('unit'), coverageFolder('integration')].map(
    (folder) => `${folder}/coverage-final.json`,
  );
  const found = files.filter((file) => existsSync(file));
  if (found.length < files.length)
    return check('coverage', false, 'needs the suites unit and integration in the same run');
  const lines = joinReports(found.map((file) => reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  const parts = [...lines].map(([file, reached]) => ({ file: relative(process.cwd(), file), ...count(reached) }));
  console.log('Least covered:');
  for (const { file, covered, all } of parts
    .toSorted((a, b) => b.all - b.covered - (a.all - a.covered))
    .slice(0, leastShown)) {
    console.log(`  ${percent(covered, all).padStart(6)} ${file}`);
  }
  const total = parts.reduce((sum, part) => ({ covered: sum.covered + part.covered, all: sum.all + part.all }), {
    covered: 0,
    all: 0,
  });
  const ok = total.all > 0 && total.covered / total.all >= leastPercent / 100;
  return check(
    'coverage',
    ok,
    `${percent(total.covered, total.all)} of ${total.all} lines of lib and workers; at least ${leastPercent} % are wanted`,
  );
}

/** A line counts as covered when one of the reports says so. */
export function joinReports(reports: z.infer<typeof reportSchema>[]): Lines {
  const lines: Lines = new Map();
  for (const report of reports) {
    for (const [file, { statementMap, s }] of Object.entries(report)) {
      const reached = lines.get(file) ?? new Map<number, boolean>();
      lines.set(file, reached);
      for (const [id, { start }] of Object.entries(statementMap)) {
        reached.set(start.line, reached.get(start.line) === true || (s[id] ?? 0) > 0);
      }
    }
  }
  return lines;
}

const count = (reached: Map<number, boolean>) => ({
  covered: [...reached.values()].filter(Boolean).length,
  all: reached.size,
});
const percent = (covered: number, all: number): string => `${((100 * covered) / Math.max(1, all)).toFixed(1)} %`;
