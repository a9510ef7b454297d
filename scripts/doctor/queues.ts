import { db } from '#lib/db/index';
import { assertAllLimits, engine, queueSettings } from '#lib/queues/index';
import { recoverWipe } from '#lib/tasks/index';
import { type Finding, several } from './finding.ts';

/** Whether BullMQ carries the mark of this database: without it, it was wiped, or belongs to another. */
export async function checkMark(): Promise<Finding[]> {
  const [epoch] = await db()<{ id: string }[]>`select id from queue_epoch`;
  if (epoch && (await engine().hasMark(epoch.id))) return [];
  return [
    {
      problem: 'the queue lacks the mark of this database: it was wiped, or is another one',
      advice: 'Start a worker: its relay sends again what was lost.',
      repair: async () => `made ${several(await recoverWipe(), 'task')} due again and set the mark`,
    },
  ];
}

/** Pauses that BullMQ's copy does not know. */
export async function checkPauses(): Promise<Finding[]> {
  const differ: string[] = [];
  for (const { name, paused } of await queueSettings()) {
    const { paused: there = false } = await (await engine().queue(name)).getMeta();
    if (there !== paused) differ.push(`${name} is ${paused ? '' : 'not '}paused`);
  }
  if (differ.length === 0) return [];
  return [
    {
      problem: `BullMQ does not know of ${several(differ.length, 'pause or resume', differ[0])}`,
      advice: 'Start a worker: it brings the settings there.',
      repair: async () => `brought the settings of ${(await assertAllLimits()).join(', ')} to BullMQ`,
    },
  ];
}

/** Definitions whose queue no living worker takes from. */
export async function checkDefinitions(): Promise<Finding[]> {
  const rows = await db()<{ name: string; queue: string }[]>`
    select name, queue from task_definitions d where active and not exists (
      select from workers w where d.queue = any(w.queues) and w.state = 'running' and w.beat_at > clock_timestamp() - interval '15 seconds')
    order by name`;
  if (rows.length === 0) return [];
  const example = rows[0] && `"${rows[0].name}" in the queue ${rows[0].queue}`;
  return [
    {
      problem: `no living worker takes tasks of ${several(rows.length, 'definition', example)}`,
      advice: 'Start a worker, or deactivate the definition.',
    },
  ];
}
