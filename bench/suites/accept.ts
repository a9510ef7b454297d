import { type Pair, rate, type Sizes } from './round.ts';

export type Accept = { bulk: number; single: number; single100: number };

/** (a) Tasks a second that are accepted: in bulk, one after the other, and by 100 callers at once. No worker runs. */
export async function measureAccept({ producer }: Pair, { tasks, singly }: Sizes): Promise<Accept> {
  const bulk = await producer.tell('addMany', { count: tasks });
  await producer.tell('reset');
  const single = await producer.tell('addSingly', { count: Math.min(singly, 500), concurrency: 1 });
  await producer.tell('reset');
  const single100 = await producer.tell('addSingly', { count: singly, concurrency: 100 });
  await producer.tell('reset');
  return { bulk: rate(tasks, bulk), single: rate(Math.min(singly, 500), single), single100: rate(singly, single100) };
}
