import { prepareDatabase } from '../../supabase/local/prepare.ts';
import type { LaunchConfig } from '#lib/config';
import { ensureBuild } from './build.ts';
import type { DataFolder } from './data-folder.ts';
import { embeddedSupabase, runtimeEnvironment } from './environment.ts';
import type { SupabaseAddress } from './environment.ts';
import { reachable } from './health.ts';
import { startPostgres } from './postgres.ts';
import { gateway, startProgram, web, worker } from './programs.ts';
import type { Mode, Program } from './programs.ts';
import type { EngineChoice } from './queue-engine.ts';
import { startRedis } from './redis.ts';
import { runMigrate } from './run-migrate.ts';
import { publishEnvironment } from './running-copy.ts';
import { step } from './screen.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSet } from './service-set.ts';

export type StackInput = {
  mode: Mode;
  launch: LaunchConfig;
  folder: DataFolder;
  secrets: Secrets;
  engine: EngineChoice;
  /** Undefined for the embedded one. */
  hosted: SupabaseAddress | undefined;
  /** Is given each service as soon as it runs. */
  services: ServiceSet;
  /** Calls the start off. */
  abort: AbortController;
};

/**
 * Starts everything in order and returns when all of it answers.
 * @returns the address of Supabase
 */
export async function startStack(input: StackInput): Promise<string> {
  const { mode, launch, folder, secrets, services, abort } = input;
  const adminUrl = input.hosted ? undefined : await startDatabase(input);
  const supabase = input.hosted ?? embeddedSupabase(launch, secrets);
  const [redisUrl] = await allOrNone(abort, [
    startEngine(input),
    adminUrl === undefined ? undefined : startGateway(input, adminUrl),
  ]);

  const env = runtimeEnvironment(launch, { secrets, supabase, redisUrl });
  const copyEnv = { ...env, ...(adminUrl === undefined ? {} : { SUPABASE_ADMIN_URL: adminUrl }) };
  publishEnvironment(folder, copyEnv);
  await step('Database schema', () =>
    runMigrate({ ...copyEnv, TASKDECK_INITIAL_PASSWORD: secrets.adminPassword }, abort.signal),
  );

  const host = reachable(launch.HOST);
  const run = (title: string, program: Program) =>
    step(title, async () => services.add(await startProgram(folder, program, abort.signal)));
  const buildAndRun = async () => {
    if (mode === 'start') await step('Web app', () => ensureBuild(folder.file('logs', 'build.log'), abort.signal));
    await run(
      'Web server',
      web(mode, env, { host: launch.HOST, port: launch.PORT, url: `http://${host}:${launch.PORT}` }),
    );
  };
  await allOrNone(abort, [
    run('Worker', worker(mode, env, `http://${reachable(launch.WORKER_METRICS_HOST)}:${launch.WORKER_METRICS_PORT}`)),
    buildAndRun(),
  ]);
  return supabase.SUPABASE_URL;
}

/** Returns the superuser's address. */
async function startDatabase({ launch, folder, secrets, services, abort }: StackInput): Promise<string> {
  let adminUrl = '';
  await step('Postgres', async () => {
    const started = await startPostgres({
      folder,
      port: launch.SUPABASE_DB_PORT,
      adminPassword: secrets.postgresAdminPassword,
      signal: abort.signal,
    });
    services.add(started.service);
    adminUrl = started.adminUrl;
    await prepareDatabase({ adminUrl, postgresPassword: secrets.postgresPassword, jwtSecret: secrets.jwtSecret });
  });
  abort.signal.throwIfAborted();
  return adminUrl;
}

/** Returns the address of Redis, or undefined where BullMQ runs on Postgres. */
async function startEngine({ engine, folder, secrets, services, abort }: StackInput): Promise<string | undefined> {
  if (engine.kind === 'redis-url') return engine.url;
  if (engine.kind === 'postgres') {
    await step('Queue engine', () => Promise.resolve(`Postgres: ${engine.reason}`));
    return undefined;
  }
  let address = '';
  await step('Redis', async () => {
    const { service, url } = await startRedis({
      folder,
      program: engine.program,
      password: secrets.redisPassword,
      signal: abort.signal,
    });
    services.add(service);
    address = url;
  });
  return address;
}

async function startGateway({ launch, folder, secrets, services, abort }: StackInput, adminUrl: string): Promise<void> {
  const env = {
    HOST: launch.HOST,
    SUPABASE_PORT: String(launch.SUPABASE_PORT),
    SUPABASE_ADMIN_URL: adminUrl,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
  };
  await step('Supabase gateway', async () => {
    const service = await startProgram(
      folder,
      gateway(env, `http://${reachable(launch.HOST)}:${launch.SUPABASE_PORT}`),
      abort.signal,
    );
    services.add(service);
  });
}

/**
 * Waits for all, so that nothing is still being started when the others are stopped. The first failure calls the rest off and is
 * thrown.
 */
async function allOrNone<const T extends readonly unknown[]>(
  abort: AbortController,
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const all = Promise.all(work);
  await all.catch(() => abort.abort());
  await Promise.allSettled(work);
  return all;
}
