/**
 * `npm run bench`: Taskdeck and its peers side by side, on one Postgres and one Redis of the bench's own, round after round.
 *
 *   npm run bench -- [--rounds 5] [--quick] [--peers a,b] [--only accept,run,end-to-end,latency,memory]
 *                    [--json FILE] [--write] [--check] [--profile DIR]
 *
 * `--quick` takes a fifth of the tasks, `--write` puts the report into docs/performance.md, `--check` exits with 1 when a bar is
 * missed, `--profile` keeps a CPU profile of every process. See docs/performance.md for what the figures mean.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { judge } from './bars.ts';
import { startLab } from './lab.ts';
import { peerNames } from './peers/names.ts';
import { renderReport, replaceBlock } from './report.ts';
import { measureAll } from './measure.ts';
import { command } from '../scripts/start/command.ts';

const list = <T extends string>(names: readonly [T, ...T[]]) =>
  z
    .string()
    .optional()
    .transform((text) => text?.split(',') ?? [...names])
    .pipe(z.array(z.enum(names)));

const optionsSchema = z.object({
  rounds: z.coerce.number().int().min(1).max(100).default(5),
  quick: z.boolean().default(false),
  peers: list(peerNames),
  only: list(['accept', 'run', 'end-to-end', 'latency', 'memory']),
  json: z.string().optional(),
  write: z.boolean().default(false),
  check: z.boolean().default(false),
  profile: z.string().optional(),
});

const document = 'docs/performance.md';

await command(async () => {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean' },
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
  try {
    const results = await measureAll(lab, options, (text) => console.error(text));
    const judged = judge(results);
    const report = renderReport(results, judged, {
      date: new Date().toISOString().slice(0, 10),
      command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
      rounds: options.rounds,
      machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GB`,
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
});
