/**
 * `npm run migrate`: brings the database to this version, and makes the first sign-in and the API key of the environment. Safe to
 * repeat. Works on the copy that runs here, or on the one that the environment names.
 */
import { config } from '#lib/config';
import { ensureApiKey } from '#lib/access/index';
import { closeDatabase, migrate } from '#lib/db/index';
import { engineOptions, migratePostgresEngine } from '#lib/queues/index';
import { ensureAdmin } from './migrate/admin.ts';
import { command } from './start/command.ts';
import { joinRunningCopy } from './start/running-copy.ts';

await command(async () => {
  joinRunningCopy();
  const applied = await migrate(config().DATABASE_URL);
  const engine = engineOptions();
  if (engine.kind === 'postgres') await migratePostgresEngine(engine.databaseUrl);
  const remark = await ensureAdmin();
  const { TASKDECK_API_KEY: key } = config();
  if (key !== undefined) await ensureApiKey({ name: 'environment', key, role: 'admin' });
  await closeDatabase();
  const changes =
    applied.length === 0 ? 'up to date' : `${applied.length} migration${applied.length === 1 ? '' : 's'} applied`;
  console.log([changes, remark].filter(Boolean).join('; '));
});
