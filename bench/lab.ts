import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '#lib/db/index';
import { startGateway } from './gateway.ts';
import { historySize, type PeerName, peerNames } from './peers/names.ts';
import type { PeerPlace } from './peers/peer.ts';
import { seedFinished } from './seed.ts';
import { createLocalKeys } from '../supabase/local/keys.ts';
import { startPostgres } from '../supabase/local/postgres.ts';
import { prepareDatabase } from '../supabase/local/prepare.ts';
import { openDataFolder } from '../scripts/start/data-folder.ts';
import { freePort } from '../scripts/start/free-port.ts';
import { findRedis, startRedis } from '../scripts/start/redis.ts';
import { StartProblem } from '../scripts/start/problem.ts';
import { cloneTemplate, createTemplate, databaseUrl } from '../scripts/testing/template.ts';

type OpenOptions = {
  highWater?: number;
  /** A database that nothing has been in: what was deleted leaves room in its files. */
  fresh?: boolean;
};

/** The servers of a run, and a place on them for each peer. */
export type Lab = {
  /** Makes what the peer needs; `close` stops what only that peer uses. */
  open(name: PeerName, options?: OpenOptions): Promise<{ place: PeerPlace; close(): Promise<void> }>;
  redisUrl: string;
  databaseUrl: string;
  versions: { postgres: string; redis: string; node: string };
  stop(): Promise<void>;
};

/** So high that all that a round adds stands in BullMQ. */
const allInBullmq = 100_000;

const databaseOf = (name: PeerName): string => `bench_${name.replaceAll('-', '_')}`;

/**
 * Starts a Postgres and a Redis of the bench's own in a temporary folder, with the settings that `npm start` gives them: fsync,
 * synchronous commits, an append-only file. The peers share both servers and never a database.
 *
 * @throws StartProblem when there is no Redis on the PATH
 */
export async function startLab(say: (text: string) => void): Promise<Lab> {
  const program = findRedis();
  if (!program) throw new StartProblem('The bench needs Redis', 'Install it: apt-get install redis-server.');
  const path = mkdtempSync(join(tmpdir(), 'taskdeck-bench-'));
  const folder = openDataFolder(path);
  const abort = new AbortController();
  const secret = () => randomBytes(18).toString('base64url');
  const keys = createLocalKeys();
  const ownerPassword = secret();
  const stops: (() => Promise<void>)[] = [() => Promise.resolve(rmSync(path, { recursive: true, force: true }))];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };

  try {
    const server = await startPostgres({
      dataDir: folder.file('postgres'),
      port: await freePort(),
      adminPassword: secret(),
    });
    stops.push(server.stop);
    const redis = await startRedis({ folder, program, password: secret(), signal: abort.signal });
    stops.push(() => redis.service.stop());

    const asOwner = (url: string) => databaseUrl(url, { user: 'postgres', password: ownerPassword });
    const template = await createTemplate(server.adminUrl);
    await prepareDatabase({ adminUrl: template, postgresPassword: ownerPassword, jwtSecret: keys.jwtSecret });
    await migrate(asOwner(template));
    const made = new Set<string>();

    async function makeDatabase(name: PeerName, fresh: boolean): Promise<string> {
      const database = `${databaseOf(name)}${fresh ? `_${made.size}` : ''}`;
      const url = databaseUrl(server.adminUrl, { database });
      if (made.has(database)) return url;
      await cloneTemplate(server.adminUrl, database);
      if (name === 'taskdeck-1m') {
        say(`  ${historySize.toLocaleString('en')} finished tasks are made`);
        await seedFinished(asOwner(url), historySize);
      }
      made.add(database);
      return url;
    }

    return {
      redisUrl: redis.url,
      databaseUrl: asOwner(template),
      versions: {
        postgres: await postgresVersion(server.adminUrl),
        redis: program.version,
        node: process.versions.node,
      },
      open: async (name, { highWater = allInBullmq, fresh = false } = {}) => {
        const adminUrl = await makeDatabase(name, fresh);
        const gateway = name === 'plain' ? await startGateway(adminUrl, keys) : undefined;
        return {
          place: {
            databaseUrl: asOwner(adminUrl),
            redisUrl: `${redis.url}/${peerNames.indexOf(name)}`,
            supabaseUrl: gateway?.url ?? 'http://127.0.0.1:9',
            supabaseSecretKey: keys.secretKey,
            highWater,
            history: name === 'taskdeck-1m' ? historySize : 0,
          },
          close: async () => gateway?.stop(),
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function postgresVersion(url: string): Promise<string> {
  const sql = openDatabase(url, { max: 1 });
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  await sql.end();
  return row?.version ?? '';
}
