/**
 * `npm run seed -- --tasks 100000 [--days 30]`: adds so many made-up tasks that have ended, spread over the last days, to the copy that runs
 * here, or to the one that the environment names: to see the pages with a history. There is no undo; do it on a copy for trying.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { config } from '#lib/config';
import { seedHistory } from './seed/history.ts';
import { command } from './start/command.ts';
import { StartProblem } from './start/problem.ts';
import { joinRunningCopy } from './start/running-copy.ts';

const optionsSchema = z.object({
  tasks: z.coerce.number().int().min(1).max(10_000_000),
  days: z.coerce.number().min(1).max(3_650).default(30),
});

function readOptions() {
  try {
    return parseArgs({ options: { tasks: { type: 'string' }, days: { type: 'string' } } }).values;
  } catch {
    return undefined;
  }
}

await command(async () => {
  const parsed = optionsSchema.safeParse(readOptions());
  if (!parsed.success)
    throw new StartProblem(
      'The number of tasks is needed, from 1 to 10,000,000',
      'For example: npm run seed -- --tasks 100000 --days 30',
    );
  const { tasks, days } = parsed.data;
  joinRunningCopy();
  await seedHistory(config().DATABASE_URL, tasks, {
    days,
    say: (done) => console.log(`  ${done.toLocaleString('en')} of ${tasks.toLocaleString('en')}`),
  });
  console.log('✓ They are there. A worker makes them findable by their content, some thousand a second.');
});
