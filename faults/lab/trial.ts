import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePort } from '../../scripts/start/free-port.ts';
import type { Evidence } from '../checks/evidence.ts';
import type { Cluster } from './cluster.ts';
import { type Client, createClient } from './load.ts';
import { openProxy, type TcpProxy } from './tcp-proxy.ts';
import { countInLog, type Process, type Program, startProcess, type Workplace } from './processes.ts';
import { type Random, seededRandom, seedOf } from './random.ts';
import { type FaultRedis, openRedis } from './redis.ts';
import { until } from './until.ts';

export type Scale = 'quick' | 'full';

type StartOptions = {
  /** See lib/failpoint.ts. */
  failpoint?: string;
  /** Goes to Postgres or Redis through these. */
  through?: { postgres?: TcpProxy; redis?: TcpProxy };
  env?: Record<string, string>;
  nodeArgs?: string[];
  workplace?: Workplace;
  /** False returns before the process has said that it is ready. */
  wait?: boolean;
};

/** A process that is started again when it ends, as a supervisor would. Its failpoint is armed in the first life only. */
export type Kept = { now(): Process; lives(): number };

/** One fault's own system: database, Redis, processes and load, and what was seen of it. */
export type Trial = {
  id: string;
  scale: Scale;
  folder: string;
  random: Random;
  cluster: Cluster;
  databaseName: string;
  databaseUrl: string;
  sql: postgres.Sql<{ bigint: number }>;
  redis: FaultRedis;
  queuePrefix: string;
  client: Client;
  webUrl: string;
  processes: Process[];
  proxies: TcpProxy[];
  /** The quick or the full number. */
  size(quick: number, full: number): number;
  /** What a process of this system is told. */
  environment(options?: StartOptions): Record<string, string>;
  start(program: Program, options?: StartOptions): Promise<Process>;
  keep(program: Program, options?: StartOptions): Promise<Kept>;
  proxy(target: 'postgres' | 'redis'): Promise<TcpProxy>;
  /** The fault hit something: without a hit the trial is invalid, not passed. */
  hit(count?: number): void;
  hits(): number;
  /** What must hold besides the invariants. */
  expect(what: string, holds: boolean): void;
  failures: string[];
  /** The same of what is only known once all has come to rest. */
  expectAtRest(what: string, holds: (evidence: Evidence) => boolean): void;
  atRest: { what: string; holds: (evidence: Evidence) => boolean }[];
  /** Milliseconds from the end of a fault, or from a kill, until work went on. */
  recoveries: number[];
  logFiles(program: Program): string[];
  /** How often armed failpoints were hit so far. */
  failpointHits(): number;
  ledgerFolder: string;
  close(): Promise<void>;
};

type Setting = { id: string; scale: Scale; seed: number; folder: string; cluster: Cluster; redisStarted?: boolean };

/** Makes the system of one fault; nothing of ours runs in it yet. */
export async function openTrial({ id, scale, seed, folder, cluster, redisStarted = true }: Setting): Promise<Trial> {
  const ledgerFolder = join(folder, 'ledger');
  mkdirSync(ledgerFolder, { recursive: true });
  const databaseName = `faults_${id.toLowerCase().replace('.', '_')}`;
  const databaseUrl = await cluster.createDatabase(databaseName);
  const redis = await openRedis(join(folder, 'redis'), { started: redisStarted });
  const sql = openSql(databaseUrl);
  const webPort = await freePort();
  const webUrl = `http://127.0.0.1:${webPort}`;
  const apiKey = `tdk_${randomBytes(32).toString('base64url')}`;
  const failpointLog = join(folder, 'failpoints.log');
  const logs: { program: Program; file: string }[] = [];
  let hits = 0;
  let closed = false;

  function environment({ failpoint, through, env }: StartOptions = {}): Record<string, string> {
    const via = (url: string, proxy: TcpProxy | undefined) => {
      const address = new URL(url);
      if (proxy) address.port = String(proxy.port);
      return address.href;
    };
    return {
      DATABASE_URL: via(databaseUrl, through?.postgres),
      REDIS_URL: via(redis.url, through?.redis),
      QUEUE_ENGINE: 'redis',
      QUEUE_PREFIX: databaseName,
      // Nobody listens there: pages play no part.
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_faults',
      TASKDECK_API_KEY: apiKey,
      PORT: String(webPort),
      FAULT_LEDGER: ledgerFolder,
      FAULT_RUN: id,
      FAILPOINT: failpoint ?? '',
      FAILPOINT_LOG: failpointLog,
      ...env,
    };
  }

  async function ready(program: Program, child: Process): Promise<void> {
    await until(`the ${program} of ${id} to be ready (see ${folder})`, async () => {
      if (child.exit) return true;
      if (program === 'web')
        return fetch(`${webUrl}/api/health`).then(
          () => true,
          () => false,
        );
      if (program === 'relay') return true;
      const rows = await sql`select from workers where pid = ${child.pid} and state = 'running'`;
      return rows.length > 0;
    });
  }

  const trial: Trial = {
    id,
    scale,
    folder,
    cluster,
    databaseName,
    databaseUrl,
    sql,
    redis,
    webUrl,
    ledgerFolder,
    queuePrefix: databaseName,
    random: seededRandom(seedOf(seed, id)),
    client: createClient({ url: () => webUrl, apiKey, folder }),
    processes: [],
    proxies: [],
    failures: [],
    atRest: [],
    expectAtRest: (what, holds) => void trial.atRest.push({ what, holds }),
    recoveries: [],
    environment,
    size: (quick, full) => (scale === 'quick' ? quick : full),
    start: async (program, options = {}) => {
      const file = join(folder, `${program}-${logs.length + 1}.log`);
      // Nobody reads the metrics; a number chosen here could be taken by another before the process has it.
      const env = { WORKER_METRICS_PORT: '0', ...environment(options) };
      const child = await startProcess(program, {
        env,
        logFile: file,
        ...(options.nodeArgs && { nodeArgs: options.nodeArgs }),
        ...(options.workplace && { workplace: options.workplace }),
      });
      logs.push({ program, file });
      trial.processes.push(child);
      if (options.wait !== false) await ready(program, child);
      return child;
    },
    keep: async (program, options = {}) => {
      const { failpoint: _, ...later } = options;
      let now = await trial.start(program, options);
      let lives = 1;
      const watch = (child: Process) =>
        void child.exited.then(async () => {
          if (closed) return;
          now = await trial.start(program, { ...later, wait: false });
          lives += 1;
          watch(now);
        });
      watch(now);
      return { now: () => now, lives: () => lives };
    },
    proxy: async (target) => {
      const proxy = await openProxy(target === 'postgres' ? cluster.port : redis.port);
      trial.proxies.push(proxy);
      return proxy;
    },
    failpointHits: () => (existsSync(failpointLog) ? countInLog(failpointLog, '\n') : 0),
    hit: (count = 1) => {
      hits += count;
    },
    hits: () => hits,
    expect: (what, holds) => {
      if (!holds) trial.failures.push(what);
    },
    logFiles: (program) => logs.flatMap((log) => (log.program === program ? [log.file] : [])),
    close: async () => {
      closed = true;
      await Promise.all(trial.processes.map((child) => (child.exit ? undefined : child.kill())));
      await Promise.all(trial.proxies.map((proxy) => proxy.close()));
      await sql.end({ timeout: 2 });
      await redis.close();
      await cluster.dropDatabase(databaseName).catch(() => undefined);
    },
  };
  return trial;
}

/** The harness's own connection: never through a proxy. */
const openSql = (url: string): postgres.Sql<{ bigint: number }> =>
  postgres(url, {
    max: 3,
    onnotice: () => undefined,
    backoff: () => 0.2,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: { application_name: 'faults' },
  });
