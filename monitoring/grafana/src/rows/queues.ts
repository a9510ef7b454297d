import * as units from '@grafana/grafana-foundation-sdk/units';
import { QUEUE, fleet, quantile, select, sum } from '../promql.ts';
import type { RowSpec } from '../spec.ts';

/** Where tasks wait, and for how long. */
export const queues: RowSpec = {
  title: 'Queues',
  panels: [
    {
      kind: 'heatmap',
      title: 'Wait by bucket',
      description:
        'How many attempts started after how long a wait. One band is healthy; a second band higher up is a group of tasks that waits for something else.',
      unit: units.Seconds,
      queries: [
        {
          expr: `sum by (le) (increase(${select('taskdeck_queue_wait_seconds_bucket', QUEUE)}[$__rate_interval]))`,
          legend: '{{le}}',
        },
      ],
      width: 12,
      height: 9,
      page: 'queues',
    },
    {
      kind: 'timeseries',
      title: 'Depth by state',
      description:
        'Tasks that have not ended, by state, counted in Postgres. `retrying` waits for its backoff, `blocked` for other tasks, `scheduled` for its time.',
      unit: units.Short,
      queries: [{ expr: sum('state', fleet('taskdeck_queue_depth', 'queue, state', QUEUE)), legend: '{{state}}' }],
      width: 12,
      height: 9,
      min: 0,
      stacked: true,
      page: 'queues',
    },
    {
      kind: 'timeseries',
      title: 'Wait by queue, p95',
      description: 'Time from eligible to started. The target is 30 s for 99 % of the attempts.',
      unit: units.Seconds,
      queries: [{ expr: quantile(0.95, 'taskdeck_queue_wait_seconds', 'queue', QUEUE), legend: '{{queue}}' }],
      width: 6,
      min: 0,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 30, colour: 'red' },
      ],
      page: 'queues',
    },
    {
      kind: 'timeseries',
      title: 'Oldest waiting by queue',
      description: 'Age of the oldest task that could run now. A straight line at 45° is a queue that nobody serves.',
      unit: units.Seconds,
      queries: [{ expr: fleet('taskdeck_queue_oldest_waiting_age_seconds', 'queue', QUEUE), legend: '{{queue}}' }],
      width: 6,
      min: 0,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 300, colour: 'red' },
      ],
      page: 'queues',
    },
    {
      kind: 'timeseries',
      title: 'Pending by queue',
      description: 'Tasks that could run now and have not started.',
      unit: units.Short,
      queries: [{ expr: fleet('taskdeck_queue_depth', 'queue', QUEUE, 'state="pending"'), legend: '{{queue}}' }],
      width: 6,
      min: 0,
      stacked: true,
      page: 'queues',
    },
    {
      kind: 'timeline',
      title: 'Paused queues',
      description: 'When a queue was paused. Its tasks stay where they are until it is resumed.',
      unit: units.Short,
      queries: [{ expr: fleet('taskdeck_queue_paused', 'queue', QUEUE), legend: '{{queue}}' }],
      width: 6,
      page: 'queues',
    },
  ],
};
