import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { saveFile } from '#lib/files/index';
import { closeEngine } from '#lib/queues/index';
import type { Definition } from '#lib/tasks/define';
import { cancelTask, getTask, listLogs, submit } from '#lib/tasks/index';
import type { TaskDetail } from '#lib/tasks/types';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { createProbe, testActor, waitFor, waitForState } from '../testing.ts';
import { type RunningWorker, startWorker } from '../worker.ts';
import importCsv from '../tasks/import-csv.ts';
import { createIsolates } from './isolates.ts';
import hostile from './testing/hostile.ts';
import { processesWith, type Witness } from './testing/processes-with.ts';
import steady from './testing/steady.ts';

// Processes start, and some fill their memory first.
jest.setTimeout(90_000);

/** As the worker loads it. */
const load = (definition: Definition, file: string): Definition => ({
  ...definition,
  source: new URL(file, import.meta.url).href,
});

/** All that the worker's handlers start inherits it. */
const testId = randomUUID();
const strays = (): Witness[] =>
  processesWith(`ISOLATES_TEST=${testId}`).filter(({ command }) => !command.includes('isolate/child.ts'));

const probe = createProbe();
let database: TestDatabase;
let worker: RunningWorker;

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  process.env['ISOLATES_TEST'] = testId;
  await database.sql`create table effects (task_id uuid primary key)`;
  const definitions = [
    load(hostile, './testing/hostile.ts'),
    load(steady, './testing/steady.ts'),
    load(importCsv, '../tasks/import-csv.ts'),
    probe.definition,
  ];
  worker = await startWorker(new Map(definitions.map((one) => [one.name, one])), 200);
});
afterAll(async () => {
  await worker.stop();
  await closeEngine();
  await database.drop();
});

const submitHostile = async (what: string, value?: unknown, options: object = {}): Promise<string> =>
  (await submit(testActor, { definition: 'hostile', payload: { do: what, value }, ...options })).id;
const ended = (id: string): Promise<TaskDetail> =>
  waitForState(id, ['completed', 'failed', 'cancelled', 'abandoned'], 60_000);
const run = async (what: string, value?: unknown, options: object = {}): Promise<TaskDetail> =>
  ended(await submitHostile(what, value, options));

async function logOf(id: string, text: string): Promise<{ message: string; fields: Record<string, unknown> | null }> {
  return waitFor(
    `the log to say ${text}`,
    async () => (await listLogs(id)).lines.find(({ message }) => message.includes(text)),
    30_000,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('an isolated handler', () => {
  it('runs in a process of its own, which runs the next one too', async () => {
    const [first, second] = [await run('return', 1), await run('return', 2)];
    expect(first.result).toMatchObject({ value: 1, fence: 1, metadata: {} });
    expect(second.result).toMatchObject({ value: 2, pid: (first.result as { pid: number }).pid });
    expect(first.result).not.toMatchObject({ pid: process.pid });
  });

  it('runs beside others, each in its own process', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => submitHostile('heed')));
    await Promise.all(ids.map((id) => logOf(id, 'listening')));
    await Promise.all(ids.map((id) => cancelTask(testActor, id)));
    expect((await Promise.all(ids.map(ended))).map(({ state }) => state)).toEqual(ids.map(() => 'cancelled'));
  });

  it('shows its log in order, with progress', async () => {
    const task = await run('talk');
    expect(task).toMatchObject({ result: 'said', progress: { done: 1, total: 2, message: 'half', fraction: 1 } });
    expect((await listLogs(task.id)).lines).toMatchObject([
      { level: 'info', message: 'first', fields: { n: 1 } },
      { level: 'warn', message: 'second', fields: null },
    ]);
  });

  it('emits child tasks', async () => {
    const task = await run('emit', undefined, { correlationId: 'order 7' });
    const ids = task.result as string[];
    const children = await Promise.all(ids.map(ended));
    expect(children).toMatchObject([{ submittedBy: `task:${task.id}`, tags: ['child'] }, { result: { value: 2 } }]);
    const rows = await database.sql`select parent_id, correlation_id from tasks where id = any(${ids}::uuid[])`;
    expect(rows).toEqual(ids.map(() => ({ parent_id: task.id, correlation_id: 'order 7' })));
  });

  it('catches the refusal of an emit', async () => {
    const { result } = await run('emit-nonsense');
    expect(result).toEqual({ caught: expect.stringContaining('There is no task type "no-such-task"') });
  });

  it.each(['complete', 'complete-and-exit'])(
    'completes its task with its effect, whatever follows: %s',
    async (what) => {
      const task = await run(what);
      expect(task).toMatchObject({ state: 'completed', result: { kept: true }, error: null });
      expect(await database.sql`select from effects where task_id = ${task.id}`).toHaveLength(1);
    },
  );

  it('reads an upload from the database as any other: importCsv', async () => {
    const content = Buffer.from('id,name\n1,Ada\n2\n');
    const { id: file } = await saveFile({ actorRef: 'user:test', name: 'x.csv', mediaType: 'text/csv', content });
    const { id } = await submit(testActor, { definition: 'importCsv', payload: { file } });
    expect(await ended(id)).toMatchObject({ state: 'completed', result: { rows: 2, valid: 1, bad: 1 } });
  });

  it('hears that it is cancelled', async () => {
    const id = await submitHostile('heed');
    await logOf(id, 'listening');
    await cancelTask(testActor, id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled', attempts: [{ outcome: 'cancelled' }] });
  });

  it('hears that its time is up', async () => {
    const task = await run('heed', undefined, { timeoutMs: 1_000 });
    expect(task).toMatchObject({ state: 'failed', attempts: [{ outcome: 'timeout' }] });
    expect(task.error?.message).toContain('1000 ms');
  });
});

describe('one that keeps its thread busy', () => {
  it('is killed when its time is up, and its neighbours run meanwhile', async () => {
    const id = await submitHostile('spin', undefined, { timeoutMs: 6_000 });
    const { fields } = await logOf(id, 'spinning');
    const { id: neighbourId } = await submit(testActor, { definition: 'probe', payload: { do: 'return' } });
    const neighbour = await waitForState(neighbourId, ['completed']);
    const task = await ended(id);
    expect(task).toMatchObject({ state: 'failed', attempts: [{ outcome: 'timeout' }] });
    expect(Date.parse(neighbour.finishedAt ?? '')).toBeLessThan(Date.parse(task.finishedAt ?? ''));
    expect(isAlive(Number(fields?.['pid']))).toBe(false);
  });

  it('is killed when it is cancelled, with the processes that it started', async () => {
    const id = await submitHostile('spin-with-process');
    const started = await logOf(id, 'started');
    const pid = Number(started.fields?.['pid']);
    expect(isAlive(pid)).toBe(true);
    await cancelTask(testActor, id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled', attempts: [{ outcome: 'cancelled' }] });
    await waitFor('the process to be gone', async () => !isAlive(pid));
  });
});

describe('one that is to give signs of life', () => {
  const runSteady = async (beats: boolean, timeoutMs: number) =>
    ended((await submit(testActor, { definition: 'steady', payload: { beats }, timeoutMs })).id);

  it('is stopped when it gives none', async () => {
    const task = await runSteady(false, 60_000);
    expect(task).toMatchObject({ state: 'failed', attempts: [{ outcome: 'timeout' }] });
    expect(task.error?.message).toContain('no sign of life for 3000 ms');
  });

  it('goes on as long as it gives some', async () => {
    expect((await runSteady(true, 7_000)).error?.message).toContain('took longer than its 7000 ms');
  });
});

test('neither a busy handler nor what it started outlives its worker', async () => {
  const program = fileURLToPath(new URL('./testing/orphan.ts', import.meta.url));
  const orphaned = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: process.env,
  });
  const [line] = (await once(createInterface({ input: orphaned.stdout }), 'line')) as [string];
  const { pid } = JSON.parse(line) as { pid: number };
  const before = { alive: isAlive(pid), strays: strays().filter(({ command }) => command.startsWith('sleep')).length };
  orphaned.kill('SIGKILL');
  expect(before).toEqual({ alive: true, strays: 62 });
  await waitFor('all of it to be gone', async () => !isAlive(pid) && strays().length === 0, 30_000);
});

/** What it does to its process, and the reason that the person who submitted it reads. */
const deaths = [
  ['exit', 'The handler ended its process with code 0.'],
  ['abort', "The handler's process was ended by SIGABRT: it, or a library in it, gave up."],
  ['segv', "The handler's process was ended by SIGSEGV: native code reached for memory that is not its own."],
  ['fill-heap', 'The handler ran out of its 96 MB of memory.'],
  ['fill-buffers', 'The handler ran out of its 96 MB of memory.'],
  ['fill-at-once', 'The handler ran out of its 96 MB of memory.'],
  ['open-files', 'open'],
  ['open-files-and-fill', 'The handler ran out of its 96 MB of memory.'],
  ['forget-rejection', 'rejected into the void'],
  ['throw-in-timer', 'thrown into the void'],
  ['throw', 'it failed'],
  ['throw-permanently', 'it will never work'],
  ['reject-text', 'only a text'],
  ['circular', 'cannot be kept as JSON'],
  ['bigint', 'cannot be kept as JSON'],
  ['deep', 'cannot be kept as JSON'],
  ['throw-surrogates', 'half \ufffd and \ufffd'],
] as const;

describe('whatever it does to its process', () => {
  it('the attempt fails and says why, and others run as before', async () => {
    const tasks = await Promise.all(deaths.map(([what]) => run(what)));
    const told = tasks.map(({ payload, state, attempt, attempts, error }) => ({
      what: (payload as { do: string }).do,
      state,
      outcomes: attempts.map(({ outcome }) => outcome),
      attempt,
      why: error?.message,
    }));
    expect(told).toEqual(
      deaths.map(([what, why]) => ({
        what,
        state: 'failed',
        outcomes: ['failure'],
        attempt: 1,
        why: expect.stringContaining(why),
      })),
    );
    expect(await run('return', 'after it')).toMatchObject({ state: 'completed', result: { value: 'after it' } });
  });

  it.each([
    ['nul', { text: 'a\ufffdb', half: '\ufffd' }],
    ['surrogates', { '\ufffd': ['\ufffd'] }],
  ])('what it returns and says has no characters that Postgres refuses: %s', async (what, result) => {
    expect(await run(what)).toMatchObject({ state: 'completed', result });
  });

  it('the last that it wrote stands in its own log, and no more', async () => {
    const task = await run('write');
    expect(task).toMatchObject({ state: 'completed', result: 'written' });
    const { lines } = await listLogs(task.id);
    expect(lines).toMatchObject([
      { level: 'warn', message: expect.stringMatching(/^The handler wrote to stdout:\n…x/) },
    ]);
    expect(lines[0]?.message).toMatch(/x\nthe last words$/);
    expect(lines[0]?.message.length).toBeLessThan(5_000);
    expect((await listLogs((await run('return')).id)).lines).toEqual([]);
  });
});

describe('what a handler leaves behind', () => {
  const grown = (id: string) => logOf(id, 'started');

  it('processes end with it when it returns, wherever they went, and its process runs no other', async () => {
    const task = await run('leave-processes');
    expect(strays()).toEqual([]);
    expect((await grown(task.id)).fields).toMatchObject({ processes: 62 });
    await logOf(task.id, 'left 62 processes running');
    expect(isAlive(Number(task.result))).toBe(false);
  });

  it('processes end with it when it is killed', async () => {
    const id = await submitHostile('fork-bomb');
    await grown(id);
    expect(strays()).toHaveLength(62);
    await cancelTask(testActor, id);
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    expect(strays()).toEqual([]);
  });

  it('open files are no burden on the next one: it runs elsewhere', async () => {
    const task = await run('open-some-files');
    await logOf(task.id, 'files open');
    const next = await run('return');
    expect(next.state).toBe('completed');
    expect(next.result).not.toMatchObject({ pid: task.result });
  });

  it('what it throws later does not fail the next one, which is told of it and is the last there', async () => {
    const first = await run('throw-when-told');
    const next = await run('tell');
    expect(next).toMatchObject({ state: 'completed', result: first.result });
    expect((await logOf(next.id, 'thrown after its end')).fields).toEqual({ task: first.id });
    expect(await getTask(first.id)).toMatchObject({ state: 'completed', error: null });
    expect(isAlive(Number(first.result))).toBe(false);
  });

  it('what it throws while its process waits ends nothing but that', async () => {
    const tasks = [
      await run('throw-after-return'),
      await run('return'),
      await run('throw-after-return'),
      await run('return'),
    ];
    expect(tasks.map(({ state }) => state)).toEqual(tasks.map(() => 'completed'));
  });

  it('a process that is gone when it is to run the next one is replaced', async () => {
    const first = await run('exit-at-next');
    const next = await run('return');
    expect(next.state).toBe('completed');
    expect(next.result).not.toMatchObject({ pid: first.result });
  });
});

test('a worker that stops gives back, uncharged, what cannot be stopped otherwise', async () => {
  const id = await submitHostile('spin');
  const { fields } = await logOf(id, 'spinning');
  await worker.stop();
  expect(await getTask(id)).toMatchObject({ state: 'pending', attempt: 0 });
  expect(isAlive(Number(fields?.['pid']))).toBe(false);
});

test('a definition that comes from no file cannot be isolated', () => {
  expect(() => createIsolates([hostile])).toThrow('"hostile" is to be isolated, but it comes from no file');
});
