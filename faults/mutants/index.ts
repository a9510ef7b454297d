import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { atExit } from '../lab/at-exit.ts';
import { conclude, type Experiment, type Setting } from '../outcome.ts';
import { list } from './list.ts';
import type { Mutant } from './mutant.ts';

const root = join(import.meta.dirname, '..', '..');
const parts = ['app', 'components', 'faults', 'lib', 'package.json', 'scripts', 'supabase', 'tsconfig.json', 'workers'];

const reportSchema = z.object({
  outcomes: z.array(z.object({ id: z.string(), status: z.string(), problems: z.array(z.string()) })),
});

/** The mutation check: without each guard the suite goes red, so each guard carries weight, and so does each fault. */
export const mutants: Experiment[] = list.map((mutant, index) => {
  const experiment: Experiment = {
    id: `F34.${index + 1}`,
    title: `without ${mutant.guard} ${mutant.faults} goes red`,
    fullOnly: mutant.fullOnly,
    conduct: (setting) =>
      conclude(experiment, async () => {
        const tree = copySources(join(setting.folder, experiment.id));
        if (!mutate(tree, mutant))
          return { hits: 0, problems: [], invalid: [`${mutant.file} does not contain the guard once`] };
        const complaints = await runSuite(tree, mutant, setting);
        const noticed = complaints.some((complaint) => mutant.complaint.test(complaint));
        return { hits: 1, problems: noticed ? [] : ['nobody noticed', ...complaints] };
      }),
  };
  return experiment;
});

function copySources(folder: string): string {
  const tree = join(folder, 'tree');
  mkdirSync(tree, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(tree, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

/** False when the guard is not there, or more than once: then nothing is changed. */
function mutate(tree: string, { file, from, to }: Mutant): boolean {
  const source = readFileSync(join(tree, file), 'utf8');
  if (source.split(from).length !== 2) return false;
  writeFileSync(join(tree, file), source.replace(from, to));
  return true;
}

/** Runs the faults on the mutated sources; returns what they complain of. */
async function runSuite(tree: string, { faults }: Mutant, { seed, folder }: Setting): Promise<string[]> {
  const report = join(tree, 'report.json');
  const args = [
    'faults/main.ts',
    '--quick',
    '--only',
    faults,
    '--seed',
    String(seed),
    '--patience',
    '45',
    '--json',
    report,
    '--folder',
    folder,
  ];
  const log = openSync(join(tree, 'output.log'), 'a');
  const child = spawn(process.execPath, args, {
    cwd: tree,
    stdio: ['ignore', log, log],
    env: { ...process.env, FAILPOINT: '' },
  });
  const forget = atExit(() => child.kill('SIGTERM'));
  await once(child, 'exit');
  forget();
  const { outcomes } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  return outcomes.flatMap(({ status, problems }) => (status === 'failed' ? problems : []));
}
