import { db } from '#lib/db/index';
import { percentiles, sumHistograms } from './histogram.ts';
import {
  type DefinitionRates,
  type Durations,
  type QueueRate,
  type StatsOf,
  type StatsWindow,
  type TaskEvent,
  taskEvents,
  type WindowStats,
} from './types.ts';

const minute = 60;
const hour = 60 * minute;

/** How each window is drawn: so many steps, of so many seconds, out of rollups of that unit. */
const drawn: Record<StatsWindow, { steps: number; stepSeconds: number; unit: 'minute' | 'hour' }> = {
  '15m': { steps: 15, stepSeconds: minute, unit: 'minute' },
  '1h': { steps: 60, stepSeconds: minute, unit: 'minute' },
  '24h': { steps: 24, stepSeconds: hour, unit: 'hour' },
  '7d': { steps: 56, stepSeconds: 3 * hour, unit: 'hour' },
};

type Rollup = { start: Date; event: TaskEvent; n: number; retries: number; waits: number[]; runs: number[] };

/** What happened in a window to all tasks, to those of a definition or to those of a queue: as far as it is folded. */
export async function readStats(window: StatsWindow, of: StatsOf = {}): Promise<WindowStats> {
  const { steps, stepSeconds, unit } = drawn[window];
  const now = Date.now();
  const stepOf = (time: number) => Math.floor(time / (stepSeconds * 1_000));
  const first = stepOf(now) - steps + 1;
  const timeOf = (step: number) => new Date((first + step) * stepSeconds * 1_000).toISOString();
  const [scope, name] = scopeOf(of);
  // A few hundred rows; adding up their histograms here is ten times as fast as there.
  const rollups = await db()<Rollup[]>`
    select start, event, n, retries, waits, runs from task_rollups
    where unit = ${unit} and scope = ${scope} and name = ${name} and start >= ${timeOf(0)}`;
  const byStep = Map.groupBy(rollups, ({ start }) => stepOf(start.getTime()) - first);
  return {
    window,
    from: timeOf(0),
    to: new Date(now).toISOString(),
    stepSeconds,
    points: Array.from({ length: steps }, (_, step) => {
      const known = byStep.get(step) ?? [];
      return { at: timeOf(step), ...totalsOf(known), ...durationsOf(known) };
    }),
    totals: totalsOf(rollups),
    retries: rollups.reduce((sum, { retries }) => sum + retries, 0),
    ...durationsOf(rollups),
  };
}

const scopeOf = (of: StatsOf): [string, string] => {
  if ('definition' in of) return ['definition', of.definition];
  return 'queue' in of ? ['queue', of.queue] : ['all', ''];
};

function totalsOf(rollups: Rollup[]): Record<TaskEvent, number> {
  const totals = Object.fromEntries(taskEvents.map((event) => [event, 0])) as Record<TaskEvent, number>;
  for (const { event, n } of rollups) totals[event] += n;
  return totals;
}

/** Of the tasks that ran to their own end: a cancelled or abandoned one says nothing about how long a task takes. */
function durationsOf(rollups: Rollup[]): Durations {
  const ran = rollups.filter(({ event }) => event === 'completed' || event === 'failed');
  return {
    wait: percentiles(sumHistograms(ran.map(({ waits }) => waits))),
    run: percentiles(sumHistograms(ran.map(({ runs }) => runs))),
  };
}

/** The rates of the queues in which something happened during the last five minutes. */
export async function readQueueRates(): Promise<QueueRate[]> {
  return db()<QueueRate[]>`
    select name as queue,
      coalesce(sum(n) filter (where event = 'submitted'), 0)::float8 / minutes as "submittedPerMinute",
      coalesce(sum(n) filter (where event <> 'submitted'), 0)::float8 / minutes as "endedPerMinute"
    from (
      select now, since, date_part('epoch', now - since) / 60 as minutes
      from (select now, date_bin('1 minute', now - interval '4 minutes', 'epoch') as since from clock_timestamp() as now) t
    ) recent
    join task_rollups on start >= since and start <= now and unit = 'minute' and scope = 'queue'
    group by name, minutes order by name`;
}

/** The last 24 hours of the definitions whose tasks ended in them. */
export async function readDefinitionRates(): Promise<DefinitionRates[]> {
  const last = Math.floor(Date.now() / (hour * 1_000));
  const times = Array.from({ length: 24 }, (_, step) => new Date((last - 23 + step) * hour * 1_000));
  const rows = await db()<{ definition: string; at: Date; ended: number; failed: number }[]>`
    select name as definition, start as at, sum(n)::bigint as ended,
      coalesce(sum(n) filter (where event in ('failed', 'abandoned')), 0)::bigint as failed
    from task_rollups where unit = 'hour' and scope = 'definition' and start >= ${times[0] ?? new Date()} and event <> 'submitted'
    group by name, start order by name`;
  return [...Map.groupBy(rows, ({ definition }) => definition)].map(([definition, known]) => ({
    definition,
    hours: times.map((time) => {
      const row = known.find(({ at }) => at.getTime() === time.getTime());
      return { at: time.toISOString(), ended: row?.ended ?? 0, failed: row?.failed ?? 0 };
    }),
  }));
}
