import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { judge } from './bars.ts';
import { startLab } from './lab.ts';
import { peerNames } from './peers/names.ts';
import { benchQueries } from './queries.ts';
import { renderReport, replaceBlock } from './report.ts';
import { measureAll } from './measure.ts';

const list = <T extends string>(names: readonly [T, ...T[]]) =>
  z
    .string()
    .optional()
    .transform((text) => text?.split(',') ?? [...names])
    .pipe(z.array(z.enum(names)));

const optionsSchema = z.object({
  rounds: z.coerce.number().int().min(1).max(100).default(5),
  suite: z.enum(['engine', 'queries']).default('engine'),
  quick: z.boolean().default(false),
  concurrency: z.coerce.number().int().min(1).max(1_000).default(50),
  peers: list(peerNames),
  only: list(['accept', 'run', 'end-to-end', 'latency', 'memory']),
  json: z.string().optional(),
  write: z.boolean().default(false),
  check: z.boolean().default(false),
  profile: z.string().optional(),
});

const document = 'docs/performance.md';

/** Taskdeck and its peers side by side. `args` are those of the command line. */
export async function benchEngine(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string' },
      suite: { type: 'string' },
      quick: { type: 'boolean' },
      concurrency: { type: 'string' },
      peers: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      write: { type: 'boolean' },
      check: { type: 'boolean' },
      profile: { type: 'string' },
    },
  });
  const options = optionsSchema.parse(values);
  const before = loadavg()[0] ?? Number.NaN;
  const lab = await startLab((text) => console.error(text));
  // The servers are in process groups of their own and would outlive us.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void lab.stop().finally(() => process.exit(1)));
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GB`;
  const say = (text: string) => console.error(text);
  try {
    if (options.suite === 'queries') return await benchQueries(lab, { ...options, document, machine }, say);
    const results = await measureAll(lab, options, (text) => console.error(text));
    const judged = judge(results);
    const report = renderReport(results, judged, {
      date: new Date().toISOString().slice(0, 10),
      command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
      rounds: options.rounds,
      concurrency: options.concurrency,
      machine,
      versions: lab.versions,
      load: { before, after: loadavg()[0] ?? Number.NaN },
    });
    console.log(report);
    if (options.json) writeFileSync(options.json, `${JSON.stringify({ results, judged }, null, 2)}\n`);
    if (options.write) writeFileSync(document, replaceBlock(readFileSync(document, 'utf8'), report));
    if (options.check && judged.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    await lab.stop();
  }
}
