import type { TaskState } from '#lib/tasks/state';
import { processesWith } from '../../workers/isolate/testing/processes-with.ts';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import type { Trial } from '../lab/trial.ts';
import type { Fault } from './fault.ts';

/** What a handler may do to its process, how its task ends, and what its owner is told. */
type Poison = { does: string; state: TaskState; says: RegExp; timeoutMs?: number };

const poisons: Poison[] = [
  { does: 'throw', state: 'failed', says: /it failed/ },
  { does: 'reject-text', state: 'failed', says: /only a text/ },
  { does: 'spin', state: 'failed', says: /longer than/, timeoutMs: 4_000 },
  { does: 'spin-with-process', state: 'failed', says: /longer than/, timeoutMs: 4_000 },
  { does: 'never', state: 'failed', says: /longer than/, timeoutMs: 4_000 },
  { does: 'exit', state: 'failed', says: /ended its process with code 0/ },
  { does: 'abort', state: 'failed', says: /SIGABRT: it, or a library in it, gave up/ },
  { does: 'segv', state: 'failed', says: /SIGSEGV: native code reached for memory/ },
  { does: 'fill-heap', state: 'failed', says: /ran out of its 96 MB of memory/ },
  { does: 'fill-buffers', state: 'failed', says: /ran out of its 96 MB of memory/ },
  { does: 'fill-at-once', state: 'failed', says: /ran out of its 96 MB of memory|allocation failed/ },
  { does: 'open-files', state: 'failed', says: /too many open files|as many files are open/ },
  { does: 'open-files-and-fill', state: 'failed', says: /ran out of its 96 MB of memory|allocation failed/ },
  { does: 'fork-bomb', state: 'failed', says: /longer than/, timeoutMs: 20_000 },
  { does: 'leave-processes', state: 'completed', says: /^$/ },
  { does: 'write', state: 'completed', says: /^$/ },
  { does: 'circular', state: 'failed', says: /JSON/ },
  { does: 'bigint', state: 'failed', says: /JSON/ },
  { does: 'deep', state: 'failed', says: /JSON/ },
  { does: 'nul', state: 'completed', says: /^$/ },
  { does: 'surrogates', state: 'completed', says: /^$/ },
  { does: 'throw-surrogates', state: 'failed', says: /^half \ufffd and \ufffd$/ },
  { does: 'forget-rejection', state: 'failed', says: /into the void/, timeoutMs: 20_000 },
  { does: 'throw-in-timer', state: 'failed', says: /into the void/, timeoutMs: 20_000 },
  { does: 'throw-after-return', state: 'completed', says: /^$/ },
];

/** Processes that each of these two starts, in its group and in one of their own. */
const bombs = ['fork-bomb', 'leave-processes'];
const startedByBomb = 62;

const submitPoison = (trial: Trial, { does, timeoutMs = 60_000 }: Pick<Poison, 'does' | 'timeoutMs'>, round = 0) =>
  trial.client.send(`${does}-${round}`, JSON.stringify({ definition: 'hostile', payload: { do: does }, timeoutMs }));

export const poisoned: Fault = {
  id: 'F22',
  title:
    'handlers that exit, crash, eat memory, files and processes, spin, hang, throw too late, and return what is none',
  async run(trial) {
    await trial.keep('web');
    const worker = await trial.keep('worker', { workplace: 'workplace-hostile' });
    const load = startLoad(trial.client, { tasks: trial.size(300, 3_000), work: { ms: 50 }, perSecond: 30 });
    const expected = new Map<string, Poison>();
    for (let round = 0; round < trial.size(1, 5); round += 1) {
      for (const poison of poisons) {
        const id = await submitPoison(trial, poison, round);
        if (id !== undefined) expected.set(id, poison);
      }
    }
    await load.done;
    trial.hit(expected.size);
    trial.expectAtRest('the worker lives on', () => worker.lives() === 1);
    trial.expectAtRest('the neighbours ran once', ({ tasks, ledger }) => {
      const neighbours = tasks.filter(({ id }) => !expected.has(id));
      return neighbours.length === ledger.filter(({ ev }) => ev === 'end').length;
    });
    await until(
      'the poisoned tasks to end',
      async () => {
        const rows = await trial.sql`select from tasks where definition = 'hostile' and finished_at is null`;
        return rows.length === 0;
      },
      240_000,
    );
    const rows = await trial.sql<{ id: string; state: TaskState; message: string | null }[]>`
      select id, state, error ->> 'message' as message from tasks where definition = 'hostile'`;
    for (const { id, state, message } of rows) {
      const poison = expected.get(id);
      trial.expect(
        `"${poison?.does}" ends ${poison?.state} with a readable reason: it is ${state}, "${message}"`,
        poison !== undefined && state === poison.state && poison.says.test(message ?? ''),
      );
    }
    await expectNothingLeft(trial);
  },
};

/** What handlers start has the environment of its worker, whichever group it is in and whoever its parent has become. */
async function expectNothingLeft(trial: Trial): Promise<void> {
  const started = await trial.sql<{ processes: number }[]>`
    select (l.fields ->> 'processes')::int as processes from task_logs l join tasks t on t.id = l.task_id
    where t.payload ->> 'do' = any(${bombs}) and l.message = 'started'`;
  trial.expect(
    `each of the ${bombs.length * trial.size(1, 5)} bombs started ${startedByBomb} processes: ${JSON.stringify(started)}`,
    started.length === bombs.length * trial.size(1, 5) && started.every(({ processes }) => processes === startedByBomb),
  );
  const ours = processesWith(`FAULT_LEDGER=${trial.ledgerFolder}`);
  const left = ours.filter(({ command }) => !/faults\/web\.ts|workers\/main\.ts|isolate\/child\.ts/.test(command));
  trial.expect('the search for processes sees the worker', ours.length > left.length);
  trial.expect(
    `nothing that a handler started is left: ${left.map(({ command }) => command).join(', ') || 'nothing'}`,
    left.length === 0,
  );
}

export const spinning: Fault = {
  id: 'F7',
  title: 'an isolated handler spins for longer than its lease',
  async run(trial) {
    await trial.keep('web');
    const worker = await trial.keep('worker', { workplace: 'workplace-hostile' });
    const timeoutMs = trial.size(20_000, 45_000);
    const id = await submitPoison(trial, { does: 'spin', timeoutMs });
    await startLoad(trial.client, { tasks: trial.size(200, 1_000), work: { ms: 50 }, perSecond: 40 }).done;
    const row = await until(
      'the time limit to end it',
      async () => {
        const [task] = await trial.sql<{ state: TaskState; fence: number; attempt: number; seconds: number }[]>`
        select state, fence, attempt, extract(epoch from finished_at - started_at)::float8 as seconds from tasks
        where id = ${id ?? null} and finished_at is not null`;
        return task;
      },
      180_000,
    );
    trial.hit();
    trial.expect('its lease was renewed all the time: it ran under one fence', row.fence === 1);
    trial.expect('the attempt is counted', row.attempt === 1 && row.state === 'failed');
    trial.expect(`the limit ended it, after ${row.seconds.toFixed(1)} s`, row.seconds >= timeoutMs / 1_000 - 1);
    trial.expectAtRest('the worker lives on', () => worker.lives() === 1);
  },
};
