import * as units from '@grafana/grafana-foundation-sdk/units';
import { QUEUE, fleet, quantile, rate, select, sum } from '../promql.ts';
import type { PanelSpec, RowSpec } from '../spec.ts';

const tile = { kind: 'stat', width: 4, height: 4 } as const satisfies Partial<PanelSpec>;

const completed = sum('', rate('taskdeck_tasks_finished_total', QUEUE, 'status="completed"'));
const judged = sum('', rate('taskdeck_tasks_finished_total', QUEUE, 'status=~"completed|failed|abandoned"'));

/** Is it well? Six numbers, worst first to look at. */
export const overview: RowSpec = {
  title: 'Overview',
  panels: [
    {
      ...tile,
      title: 'Success ratio',
      description:
        'Tasks that ended completed, of those that ended completed, failed or abandoned. Cancelled tasks do not count. If it drops: Failures by kind, below.',
      unit: units.PercentUnit,
      queries: [{ expr: `${completed} / ${judged}`, legend: 'success' }],
      min: 0,
      max: 1,
      thresholds: [
        { from: 0, colour: 'red' },
        { from: 0.95, colour: 'orange' },
        { from: 0.99, colour: 'green' },
      ],
      noValue: 'nothing ended',
      page: 'tasks',
    },
    {
      ...tile,
      title: 'Wait, p95',
      description:
        'Time from eligible to started, of all attempts; deliberate delay and backoff are not in it. If it grows: Saturation, then Wait by bucket.',
      unit: units.Seconds,
      queries: [{ expr: quantile(0.95, 'taskdeck_queue_wait_seconds', '', QUEUE), legend: 'p95' }],
      min: 0,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 5, colour: 'orange' },
        { from: 30, colour: 'red' },
      ],
      noValue: 'nothing started',
      page: 'queues',
    },
    {
      ...tile,
      title: 'Oldest waiting',
      description:
        'Age of the oldest task that could run now, of all queues. It grows by one second a second when a queue is stuck.',
      unit: units.Seconds,
      queries: [{ expr: fleet('taskdeck_queue_oldest_waiting_age_seconds', '', QUEUE), legend: 'oldest' }],
      min: 0,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 60, colour: 'orange' },
        { from: 300, colour: 'red' },
      ],
      page: 'queues',
    },
    {
      ...tile,
      title: 'Backlog',
      description: 'Tasks that are pending: eligible, and not started yet.',
      unit: units.Short,
      queries: [
        { expr: sum('', fleet('taskdeck_queue_depth', 'queue, state', QUEUE, 'state="pending"')), legend: 'pending' },
      ],
      min: 0,
      page: 'queues',
    },
    {
      ...tile,
      title: 'Saturation',
      description: 'Share of the worker slots that run a task now. At 100 % new tasks wait: add workers or slots.',
      unit: units.PercentUnit,
      queries: [
        {
          expr: `${sum('', select('taskdeck_worker_slots_busy', QUEUE))} / ${sum('', select('taskdeck_worker_slots', QUEUE))}`,
          legend: 'busy',
        },
      ],
      min: 0,
      max: 1,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 0.8, colour: 'orange' },
        { from: 0.95, colour: 'red' },
      ],
      noValue: 'no slots',
      page: 'workers',
    },
    {
      ...tile,
      title: 'Workers, fewest on a queue',
      description: 'Workers with a recent heartbeat, of the queue that has the fewest. At 0 a queue is not served.',
      unit: units.Short,
      queries: [{ expr: `min(${fleet('taskdeck_workers_alive', 'queue', QUEUE)})`, legend: 'workers' }],
      min: 0,
      thresholds: [
        { from: 0, colour: 'red' },
        { from: 1, colour: 'green' },
      ],
      page: 'workers',
    },
  ],
};
