/**
 * The servers of the integration tests, as a program of its own because Jest runs CommonJS and these are ES modules:
 * a private Postgres with the migrated database `taskdeck_template`, and a private Redis, both in a temporary folder.
 * Prints one line of JSON (TestStack), then runs until its standard input closes.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#lib/db/migrate';
import { startPostgres } from '../../supabase/local/postgres.ts';
import { prepareDatabase } from '../../supabase/local/prepare.ts';
import type { TestStack } from './environment.ts';
import { freePort } from '../start/free-port.ts';
import { startTestRedis } from './redis.ts';
import { createTemplate, databaseUrl } from './template.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskdeck-test-'));
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

/** Stops what runs, in any state of the start, and leaves no file. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    await Promise.allSettled(stops.map((each) => each()));
    rmSync(folder, { recursive: true, force: true });
  })();
  return stopping;
}

async function start(): Promise<TestStack> {
  // Started by root, Postgres runs as another user, who must pass through.
  chmodSync(folder, 0o711);
  const secret = () => randomBytes(18).toString('base64url');
  const [adminPassword, ownerPassword, jwtSecret] = [secret(), secret(), randomBytes(36).toString('base64url')];

  const redis = await startTestRedis(folder);
  stops.push(redis.stop);
  const logFile = join(folder, 'postgres.log');
  const server = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await freePort(),
    adminPassword,
    logFile,
    durable: false,
  });
  stops.push(server.stop);
  void server.exited.then(({ code, signal }) => {
    if (!stopping)
      console.error(`The tests' Postgres ended (${signal ?? code}):\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
  });

  const template = await createTemplate(server.adminUrl);
  await prepareDatabase({ adminUrl: template, postgresPassword: ownerPassword, jwtSecret });
  await migrate(databaseUrl(template, { user: 'postgres', password: ownerPassword }));
  return { adminUrl: server.adminUrl, ownerPassword, jwtSecret, redisUrl: redis.url };
}

process.stdin.on('end', () => void stop().then(() => process.exit(0)));
process.stdin.resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop().then(() => process.exit(0)));

try {
  const stack = await start();
  console.log(JSON.stringify(stack));
} catch (error) {
  console.error(error);
  await stop();
  process.exit(1);
}
