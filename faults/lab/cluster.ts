import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#lib/db/index';
import { startPostgres, type LocalPostgres } from '../../supabase/local/postgres.ts';
import { prepareDatabase } from '../../supabase/local/prepare.ts';
import { signalProcess } from '../../scripts/start/child.ts';
import { freePort } from '../../scripts/start/free-port.ts';
import { cloneTemplate, createTemplate, databaseUrl, dropDatabase } from '../../scripts/testing/template.ts';
import { atExit } from './at-exit.ts';
import { installTransitions } from './transitions.ts';

/** A Postgres server with a migrated template. It is durable: what it confirms it keeps. */
export type Cluster = {
  port: number;
  /** What Auth signs tokens with. */
  jwtSecret: string;
  pid(): number;
  /** Makes a database; the URL is the application's. */
  createDatabase(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  adminUrl(database: string): string;
  /** Lines of the server's log since it was first started. */
  log(): string[];
  /** Starts it again after `stop` or after it was killed: recovery runs by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type ClusterOptions = {
  /** Where the data stands, when not in the run's folder. */
  dataDir?: string;
  /** Undoes what was made for it; called when the server has stopped. */
  undo?: () => void;
};

/** Starts a server in `folder` and prepares its template: roles, migrations, and the trigger that notes each transition. */
export async function startCluster(
  folder: string,
  { dataDir = join(folder, 'postgres'), undo }: ClusterOptions = {},
): Promise<Cluster> {
  const secret = () => randomBytes(18).toString('base64url');
  const [adminPassword, ownerPassword, jwtSecret] = [secret(), secret(), secret() + secret()];
  const port = await freePort();
  const logFile = join(folder, 'postgres.log');
  const launch = async (): Promise<LocalPostgres> => {
    const started = await startPostgres({ dataDir, port, adminPassword, logFile });
    // An immediate shutdown, with all of its processes.
    const forget = atExit(() => signalProcess(started.pid, 'SIGQUIT'));
    void started.exited.then(forget);
    return started;
  };
  let server: LocalPostgres = await launch();
  const { adminUrl } = server;
  const owner = { user: 'postgres', password: ownerPassword };

  const template = await createTemplate(adminUrl);
  await prepareDatabase({ adminUrl: template, postgresPassword: ownerPassword, jwtSecret });
  await migrate(databaseUrl(template, owner));
  await installTransitions(template);

  return {
    port,
    jwtSecret,
    pid: () => server.pid,
    createDatabase: async (name) => {
      await cloneTemplate(adminUrl, name);
      return databaseUrl(adminUrl, { database: name, ...owner });
    },
    dropDatabase: (name) => dropDatabase(adminUrl, name),
    adminUrl: (database) => databaseUrl(adminUrl, { database }),
    log: () => readFileSync(logFile, 'utf8').split('\n'),
    start: async () => {
      server = await launch();
    },
    stop: async () => {
      await server.stop();
      undo?.();
    },
  };
}
