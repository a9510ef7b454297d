/**
 * `npm run faults`: harms a running Taskdeck in every way of the catalogue and proves that nothing accepted was lost and nothing
 * completed ran again. See docs/reliability.md.
 *
 *   npm run faults -- [--quick] [--only F5,F9] [--soak MINUTES] [--seed N] [--lanes N] [--json FILE] [--write] [--keep]
 *
 * `--quick` takes some minutes and a sample, `--write` brings the table to docs/reliability.md, `--keep` keeps the run's folder even when
 * all passed. Ends with `N passed, N failed, N invalid`; the exit code is 1 unless all passed.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { command } from '../scripts/start/command.ts';
import { StartProblem } from '../scripts/start/problem.ts';
import { soak } from './catalogue/f31-soak.ts';
import { catalogue } from './catalogue/index.ts';
import { startCluster } from './lab/cluster.ts';
import { defaultPatienceMs } from './lab/rest.ts';
import type { Experiment, Outcome, Setting } from './outcome.ts';
import { writeDocument } from './report/document.ts';
import { confidence, table } from './report/table.ts';
import { experimentOf } from './run-fault.ts';

const whole = (least: number) => z.coerce.number().int().min(least);
const flag = z.boolean().default(false);

const optionsSchema = z.object({
  quick: flag,
  only: z.string().optional(),
  soak: whole(1).optional(),
  seed: whole(0).default(Date.now() % 1_000_000),
  /** Experiments at once: they wait for leases most of the time, so more than there are cores. */
  lanes: whole(1).default(4),
  /** Seconds that a system may take to come to rest. */
  patience: whole(1).default(defaultPatienceMs / 1_000),
  folder: z.string().default(tmpdir()),
  json: z.string().optional(),
  write: flag,
  keep: flag,
});

type Options = z.infer<typeof optionsSchema>;

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const on = { type: 'boolean' } as const;
  const options = {
    quick: on,
    only: text,
    soak: text,
    seed: text,
    lanes: text,
    patience: text,
    folder: text,
    json: text,
    write: on,
    keep: on,
  };
  return optionsSchema.parse(parseArgs({ options }).values);
}

/** `F2` stands for F2.1, F2.2 and so on. */
const isNamed = (id: string, name: string): boolean => id === name || id.startsWith(`${name}.`);

function choose({ quick, only, soak: minutes }: Options): Experiment[] {
  if (minutes !== undefined) return [experimentOf(soak(minutes))];
  const names = only?.split(',');
  const unknown = names?.find((name) => !catalogue.some(({ id }) => isNamed(id, name)));
  if (unknown !== undefined)
    throw new StartProblem(`There is no fault "${unknown}"`, `They are ${catalogue.map(({ id }) => id).join(', ')}.`);
  return catalogue.filter(({ id, fullOnly }) => names?.some((name) => isNamed(id, name)) ?? !(quick && fullOnly));
}

/** Several at once, each on its own database and Redis. */
async function conductAll(experiments: Experiment[], lanes: number, setting: Setting): Promise<Outcome[]> {
  const left = experiments.toSorted((a, b) => Number(b.long ?? false) - Number(a.long ?? false));
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let experiment = left.shift(); experiment; experiment = left.shift()) {
      const first = await experiment.conduct(setting);
      // A fault that came a moment too early or too late says nothing either way, so it comes once more, at other moments.
      const outcome =
        first.status === 'invalid'
          ? await experiment.conduct({ ...setting, seed: setting.seed + 1, again: true })
          : first;
      outcomes.push(outcome);
      console.log(
        `${outcome.status === 'passed' ? '✓' : '✗'} ${outcome.id} ${outcome.title}: ${outcome.status} (${outcome.seconds.toFixed(0)} s)`,
      );
      for (const problem of outcome.problems) console.log(`    ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const order = experiments.map(({ id }) => id);
  return outcomes.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function describeRun({ quick, seed, lanes }: Options, outcomes: Outcome[], minutes: number): string {
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const kind = quick ? 'Quick run' : 'Full run';
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}`;
  return `${kind} of ${new Date().toISOString().slice(0, 10)}, ${minutes.toFixed(0)} minutes, seed ${seed}, ${lanes} at once, on ${machine}: ${count('passed')} passed, ${count('failed')} failed, ${count('invalid')} invalid.`;
}

await command(async () => {
  const options = readOptions();
  const experiments = choose(options);
  const folder = mkdtempSync(join(options.folder, 'taskdeck-faults-'));
  // Started by root, Postgres runs as another user, who must pass through.
  chmodSync(folder, 0o711);
  console.log(`seed ${options.seed}, run folder ${folder}`);
  const started = performance.now();
  const cluster = await startCluster(folder);
  const scale = options.quick ? 'quick' : 'full';
  const setting = { scale, seed: options.seed, folder, cluster, patienceMs: options.patience * 1_000 } as const;
  const outcomes = await conductAll(experiments, options.lanes, setting).finally(() => cluster.stop());
  const about = describeRun(options, outcomes, (performance.now() - started) / 60_000);

  console.log(`\n${about}\n\n${table(outcomes)}\n\n${confidence(outcomes)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ about, outcomes }, null, 2)}\n`);
  if (options.write) writeDocument(outcomes, about);
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('invalid')} invalid`);
  const clean = outcomes.length > 0 && count('passed') === outcomes.length;
  if (clean && !options.keep) rmSync(folder, { recursive: true, force: true });
  process.exitCode = clean ? 0 : 1;
});
