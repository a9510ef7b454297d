import { engine } from '#lib/queues/index';
import { listWorkers } from '#lib/workers/index';
import { checkDatabase } from './database.ts';
import type { DatabaseHealth } from './database.ts';
import { within } from './part.ts';
import type { Part } from './part.ts';
import { checkRealtime } from './realtime.ts';

export type Health = {
  /** `down`: a task cannot be accepted; `degraded`: it can, but something else is wrong. */
  status: 'ok' | 'degraded' | 'down';
  accepting: boolean;
  parts: { database: Part; queue: Part; workers: Part; realtime: Part };
};

/** Anybody may ask, so many askers share one answer. */
const cacheMs = 1_000;
let cached: { at: number; health: Promise<Health> } | undefined;

/** How each part is, at most a second old. Never rejects; takes at most two seconds. */
export function checkHealth(): Promise<Health> {
  if (!cached || Date.now() - cached.at > cacheMs) cached = { at: Date.now(), health: check() };
  return cached.health;
}

async function check(): Promise<Health> {
  let accepting = false;
  const [database, queue, workers, realtime] = await Promise.all([
    within(async () => {
      const { accepting: takes, ...part }: DatabaseHealth = await checkDatabase();
      accepting = takes;
      return part;
    }, 'does not answer'),
    within(checkQueue, 'does not answer'),
    within(checkWorkers, 'cannot be counted'),
    within(checkRealtime, 'does not answer'),
  ]);
  const parts = { database, queue, workers, realtime };
  const allOk = Object.values(parts).every((part) => part.ok);
  if (!accepting) return { status: 'down', accepting, parts };
  return { status: allOk ? 'ok' : 'degraded', accepting, parts };
}

async function checkQueue(): Promise<Part> {
  const { ok } = await engine().ping();
  return {
    ok,
    detail: ok
      ? `${engine().kind} answers`
      : `${engine().kind} does not answer: tasks are kept and start when it is back`,
  };
}

async function checkWorkers(): Promise<Part> {
  const alive = (await listWorkers()).filter((worker) => worker.alive && worker.state === 'running');
  if (alive.length === 0) return { ok: false, detail: 'none is alive: tasks are kept and start when one comes' };
  const deaf = alive.filter((worker) => !worker.healthy).length;
  return { ok: deaf === 0, detail: deaf === 0 ? `${alive.length} alive` : `${deaf} of ${alive.length} take nothing` };
}
