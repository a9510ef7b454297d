import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { createLocalKeys } from './keys.ts';
import type { LocalKeys } from './keys.ts';
import { localProgram, nodeBinary } from './node-program.ts';
import { startPostgres } from './postgres.ts';
import type { LocalPostgres } from './postgres.ts';
import { prepareDatabase } from './prepare.ts';

/** The gateway as a child process under plain Node, as `npm start` runs it. */
export type TestGateway = {
  url: string;
  port: number;
  /** Ends the process with kill -9. */
  kill(): Promise<void>;
  /** Freezes the process, as a machine without time for it would; `resume` lets it go on. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
  /** What it has written to stdout. */
  logs(): string;
};

/** `postgresUrl` connects the role `postgres`, as migrations do. */
export type TestStack = {
  postgres: LocalPostgres;
  postgresUrl: string;
  adminPassword: string;
  dataDir: string;
  gateway: TestGateway;
  keys: LocalKeys;
  stop(): Promise<void>;
};

/**
 * A Postgres in a temporary folder, prepared as a Supabase project, and a gateway, both on free ports. Not durable: for
 * tests only. `beforeGateway` runs when the database is prepared, for migrations.
 */
export async function startTestStack(
  options: {
    env?: Record<string, string>;
    beforeGateway?: (urls: { postgresUrl: string; adminUrl: string }) => Promise<void>;
  } = {},
): Promise<TestStack> {
  const folder = mkdtempSync(join(tmpdir(), 'taskdeck-stack-'));
  const dataDir = join(folder, 'postgres');
  const keys = createLocalKeys();
  const adminPassword = 'admin-password';
  const postgres = await startPostgres({ dataDir, port: await freePort(), adminPassword, durable: false });
  try {
    const postgresUrl = postgres.adminUrl.replace('supabase_admin:admin-password', 'postgres:postgres-password');
    await prepareDatabase({
      adminUrl: postgres.adminUrl,
      postgresPassword: 'postgres-password',
      jwtSecret: keys.jwtSecret,
    });
    await options.beforeGateway?.({ postgresUrl, adminUrl: postgres.adminUrl });
    const gateway = await startTestGateway({
      SUPABASE_ADMIN_URL: postgres.adminUrl,
      SUPABASE_PORT: String(await freePort()),
      SUPABASE_JWT_SECRET: keys.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
      SUPABASE_SECRET_KEY: keys.secretKey,
      ...options.env,
    });
    async function stop(): Promise<void> {
      await gateway.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    return { postgres, postgresUrl, adminPassword, dataDir, gateway, keys, stop };
  } catch (error) {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? done(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** A user's token as Auth signs it. `expiresInSeconds` may be negative. */
export function signTestToken(
  jwtSecret: string,
  claims: { sub: string; role?: string },
  expiresInSeconds = 3600,
): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ role: 'authenticated', aud: 'authenticated', iat: now, exp: now + expiresInSeconds, ...claims })}`;
  return `${body}.${createHmac('sha256', jwtSecret).update(body).digest('base64url')}`;
}

/** A gateway on a database that is prepared; `env` says which, its port and its keys. */
export async function startTestGateway(env: Record<string, string>): Promise<TestGateway> {
  let output = '';
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn(nodeBinary(), [localProgram('main.ts')], {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    await new Promise<void>((done, reject) => {
      started.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${output}`)));
      createInterface({ input: started.stdout }).on('line', (line) => {
        output += `${line}\n`;
        if (line.includes('"msg":"ready"')) done();
      });
    });
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const exited = new Promise<number | null>((done) => ending.once('exit', done));
    ending.kill(signal);
    return exited;
  }

  await start();
  const port = Number(env.SUPABASE_PORT);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    start,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    logs: () => output,
  };
}
