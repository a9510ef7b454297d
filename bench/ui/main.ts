import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { replaceBlock } from '../report.ts';
import { renderUiReport } from './report.ts';
import { measureUi } from './suite.ts';

const optionsSchema = z.object({
  changes: z.coerce.number().int().min(0).max(100_000).default(2_000),
  pages: z
    .string()
    .default('1,20')
    .transform((text) => text.split(','))
    .pipe(z.array(z.coerce.number<string>().int().min(1).max(100))),
  samples: z.coerce.number().int().min(5).max(10_000).default(100),
  history: z.coerce.number().int().min(0).max(10_000_000).default(1_000_000),
  minutes: z.coerce.number().min(0).max(600).default(1),
  json: z.string().optional(),
  write: z.boolean().default(false),
});

const document = 'docs/performance.md';

/** The pages of a whole running Taskdeck under load. `args` are those of the command line. */
export async function benchUi(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      changes: text,
      pages: text,
      samples: text,
      history: text,
      minutes: text,
      json: text,
      write: { type: 'boolean' },
    },
  });
  const { changes: changesPerSecond, json, write, ...rest } = optionsSchema.parse(values);
  const options = { changesPerSecond, ...rest };
  const results = await measureUi(options, (line) => console.error(line));
  const report = renderUiReport(results, {
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench -- --suite ui', ...args].join(' '),
    machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}) for the browser and everything else`,
    options,
  });
  console.log(report);
  if (json) writeFileSync(json, `${JSON.stringify({ options, results }, null, 2)}\n`);
  if (write) writeFileSync(document, replaceBlock(readFileSync(document, 'utf8'), report, 'ui'));
}
