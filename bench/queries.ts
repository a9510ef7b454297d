import { readFileSync, writeFileSync } from 'node:fs';
import { closeDatabase, openDatabase, useDatabase } from '#lib/db/index';
import { indexChanged } from '#lib/search/index';
import { foldChanges } from '#lib/stats/index';
import { seedHistory } from '../scripts/seed/history.ts';
import type { Lab } from './lab.ts';
import { replaceBlock } from './report.ts';
import { measureQueries, type QueryFigure } from './suites/queries.ts';

/** Milliseconds, p95. A preview counts thousands and shows a spinner. */
const bar = 100;

type Options = { quick: boolean; write: boolean; check: boolean; document: string; machine: string };

/**
 * `--suite queries`: what lists, filters, facets and searches take among 1,000,000 tasks that have ended, in a database of its own.
 * `--quick` takes a tenth of the tasks.
 */
export async function benchQueries(lab: Lab, options: Options, say: (text: string) => void): Promise<void> {
  const tasks = options.quick ? 100_000 : 1_000_000;
  const { place, close } = await lab.open('taskdeck', { fresh: true });
  try {
    say(`${tasks.toLocaleString('en')} tasks are made`);
    await seedHistory(place.databaseUrl, tasks);
    useDatabase(openDatabase(place.databaseUrl, { max: 5, name: 'bench-queries' }));
    const index = await indexAll(place.databaseUrl, say);
    const figures = await measureQueries(options.quick ? 20 : 100, say);
    const report = render(figures, { ...options, tasks, index });
    console.log(report);
    if (options.write)
      writeFileSync(options.document, replaceBlock(readFileSync(options.document, 'utf8'), report, 'queries'));
    if (options.check && figures.some(isMissed)) process.exitCode = 1;
  } finally {
    await closeDatabase();
    await close();
  }
}

type Index = { microseconds: number; bytes: number };

/** Does what maintenance does with all of them, and says what a document takes. */
async function indexAll(databaseUrl: string, say: (text: string) => void): Promise<Index> {
  const started = performance.now();
  let tasks = 0;
  for (let taken = await indexChanged(); taken > 0; taken = await indexChanged()) tasks += taken;
  const microseconds = ((performance.now() - started) * 1_000) / tasks;
  while (await foldChanges());
  say(`  indexed, ${microseconds.toFixed(0)} µs a task`);
  const sql = openDatabase(databaseUrl, { max: 1 });
  try {
    await sql`set statement_timeout = 0`;
    await sql`vacuum (analyze) tasks`;
    await sql`vacuum (analyze) search_documents`;
    const [row] = await sql<{ bytes: number }[]>`select pg_total_relation_size('search_documents') as bytes`;
    return { microseconds, bytes: (row?.bytes ?? 0) / tasks };
  } finally {
    await sql.end();
  }
}

const isMissed = ({ kind, p95 }: QueryFigure): boolean => kind !== 'count' && p95 > bar;

function render(figures: QueryFigure[], run: Options & { tasks: number; index: Index }): string {
  const rows = figures.map((figure) => {
    const { kind, title, p50, p95, found } = figure;
    return `| ${kind} | ${title} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${found.toLocaleString('en')} |${isMissed(figure) ? ' **missed**' : ''}`;
  });
  return [
    `${run.tasks.toLocaleString('en')} tasks that have ended; ${new Date().toISOString().slice(0, 10)}. ${run.machine}. A task's document took ` +
      `${run.index.microseconds.toFixed(0)} µs to write and takes ${run.index.bytes.toFixed(0)} bytes with its indexes. The bar is a p95 of ${bar} ms.`,
    '',
    '| | asked for | p50 ms | p95 ms | found |',
    '|---|---|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}
