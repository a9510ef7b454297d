/**
 * `npm run doctor -- [--fix]`: says where Postgres and the queue disagree and what else is wrong, one line each, and with `--fix`
 * repairs what can be repaired. Safe on a running system. Works on the copy that runs here, or on the one that the environment names.
 * The exit code is 1 when a problem is left.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { closeDatabase } from '#lib/db/index';
import { closeLog, configureLog } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { examine } from './doctor/examine.ts';
import { command } from './start/command.ts';
import { joinRunningCopy } from './start/running-copy.ts';

/** An engine connects in the background; one that is down is told by the checks. */
async function connected(): Promise<void> {
  for (const end = Date.now() + 3_000; Date.now() < end; await delay(50)) if ((await engine().ping()).ok) return;
}

await command(async () => {
  const { values } = parseArgs({ options: { fix: { type: 'boolean', default: false } } });
  joinRunningCopy();
  // Its own lines are the answer; those of the verbs it calls would stand between them.
  configureLog({ service: 'doctor', silent: true });
  try {
    await connected();
    const { lines, left } = await examine(values.fix);
    for (const line of lines) console.log(line);
    if (lines.length === 0) console.log('✓ Postgres and the queue agree, and nothing else is wrong');
    else if (left > 0 && !values.fix)
      console.log(`${left} found; "npm run doctor -- --fix" repairs what can be repaired`);
    process.exitCode = left > 0 ? 1 : 0;
  } finally {
    await closeEngine();
    await closeDatabase();
    await closeLog();
  }
});
