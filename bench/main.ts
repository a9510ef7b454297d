/**
 * `npm run bench`: measures Taskdeck; docs/performance.md says what the figures mean.
 *
 *   npm run bench -- [--rounds 5] [--quick] [--concurrency 50] [--peers a,b] [--only accept,run,end-to-end,latency,memory]
 *                    [--json FILE] [--write] [--check] [--profile DIR]
 *     the engine beside its peers, on one Postgres and one Redis of the bench's own, round after round. `--quick` takes a fifth
 *     of the tasks, `--check` exits with 1 when a bar is missed, `--profile` keeps a CPU profile of every process.
 *   npm run bench -- --suite queries [--quick] [--check] [--write]
 *     lists, filters, facets and searches among 1,000,000 tasks that have ended.
 *   npm run bench -- --suite ui [--changes 2000] [--pages 1,20] [--samples 100] [--history 1000000] [--minutes 1] [--json FILE] [--write]
 *     the pages of a whole running Taskdeck in headless Chromium, while tasks change.
 *
 * `--write` puts the report into docs/performance.md.
 */
import { command } from '../scripts/start/command.ts';
import { benchEngine } from './engine.ts';
import { benchUi } from './ui/main.ts';

const suites: Record<string, (args: string[]) => Promise<void>> = {
  engine: benchEngine,
  queries: (args) => benchEngine([...args, '--suite', 'queries']),
  ui: benchUi,
};

/** The value of `--suite`, and all other arguments. */
function split(args: string[]): { suite: string; rest: string[] } {
  const at = args.indexOf('--suite');
  if (at < 0) return { suite: 'engine', rest: args };
  return { suite: args[at + 1] ?? '', rest: args.toSpliced(at, 2) };
}

await command(async () => {
  const { suite, rest } = split(process.argv.slice(2));
  const run = suites[suite];
  if (!run) throw new Error(`There is no suite "${suite}": ${Object.keys(suites).join(', ')}.`);
  await run(rest);
});
