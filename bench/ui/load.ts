/**
 * The process that changes tasks while pages are open: `node bench/ui/load.ts`, started by the suite with the environment of a
 * running copy that has no worker of its own. It is a whole worker whose tasks do nothing, and submits so many of them a
 * second as it is told: each is three changes, to pending, running and completed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '#lib/access/types';
import { closeDatabase, db } from '#lib/db/index';
import { closeLog, configureLog } from '#lib/observability/index';
import { closeEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { submit, submitMany } from '#lib/tasks/index';
import { startWorker } from '../../workers/worker.ts';

const actor: Actor = { kind: 'key', id: '0198c0de-0000-7000-8000-00000000be7c', name: 'bench', role: 'operator' };
const changesPerTask = 3;
const tickMs = 100;
/** Tasks that may wait: a machine that cannot keep up shows a lower rate, not an ever longer queue. */
const mostWaiting = 500;

const doNothing = (name: string, title: string) =>
  defineTask({ name, title, payload: z.object({}), run: async () => undefined });
const definitions = [doNothing('load', 'Load'), doNothing('probe', 'Probe')];

let stopped = false;
let completed = 0;

async function waiting(): Promise<number> {
  const [row] = await db()<{ count: number }[]>`
    select count(*)::int as count from (select from tasks where state = 'pending' limit ${mostWaiting}) counted`;
  return row?.count ?? 0;
}

/** Submits in small groups, evenly over the second. */
async function keepChanging(changesPerSecond: number): Promise<void> {
  const perTick = Math.round((changesPerSecond / changesPerTask / 1_000) * tickMs);
  for (let due = performance.now(); !stopped; due = Math.max(due + tickMs, performance.now() - tickMs)) {
    if (perTick > 0 && (await waiting()) < mostWaiting)
      completed += (
        await submitMany(
          actor,
          Array.from({ length: perTick }, () => ({ definition: 'load', payload: {} })),
        )
      ).length;
    await pause(Math.max(0, due + tickMs - performance.now()));
  }
}

const commands = {
  /** @returns the id of a task that runs at once, or after `delayMs`. */
  probe: async ({ delayMs }: { delayMs: number }): Promise<string> =>
    (await submit(actor, { definition: 'probe', payload: {}, delayMs })).id,
  /** Changes so far. */
  changes: async (): Promise<number> => completed * changesPerTask,
};

export type LoadCommands = typeof commands;
export type LoadRequest = {
  [K in keyof LoadCommands]: { command: K; input: Parameters<LoadCommands[K]>[0] };
}[keyof LoadCommands];
export type LoadReply = { value: unknown } | { error: string };

configureLog({ service: 'bench', level: 'warn' });
const worker = await startWorker(new Map(definitions.map((definition) => [definition.name, definition])));
await db()`update queues set concurrency = 100, high_water = 5000 where name = 'default'`;
const changing = keepChanging(z.coerce.number().int().min(0).max(100_000).parse(process.argv[2]));

process.on('message', ({ command, input }: LoadRequest) => {
  const run = commands[command] as (input: unknown) => Promise<unknown>;
  run(input).then(
    (value) => process.send?.({ value } satisfies LoadReply),
    (error: unknown) => process.send?.({ error: String(error) } satisfies LoadReply),
  );
});
process.once('disconnect', () => {
  stopped = true;
  void changing
    .then(() => worker.stop(5_000))
    .then(() => Promise.all([closeEngine(), closeDatabase(), closeLog()]))
    .finally(() => process.exit());
});
process.send?.({ value: 'ready' } satisfies LoadReply);
