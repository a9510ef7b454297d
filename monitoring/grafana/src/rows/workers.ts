import * as units from '@grafana/grafana-foundation-sdk/units';
import { QUEUE, fleet, rate, select, sum } from '../promql.ts';
import type { RowSpec } from '../spec.ts';

const busySeconds = sum('queue', rate('taskdeck_worker_busy_seconds_total', QUEUE));
const slots = sum('queue', select('taskdeck_worker_slots', QUEUE));

/** What the workers, and Node in every process, have left. */
export const workers: RowSpec = {
  title: 'Workers and Node',
  panels: [
    {
      kind: 'timeseries',
      title: 'Slots',
      description:
        'Slots that run a task, against all slots. Leaked: handlers that go on although their attempt has ended; they do not heed their signal.',
      unit: units.Short,
      queries: [
        { expr: sum('queue', select('taskdeck_worker_slots_busy', QUEUE)), legend: '{{queue}} busy' },
        { expr: slots, legend: '{{queue}} all' },
        { expr: sum('queue', select('taskdeck_worker_slots_leaked', QUEUE)), legend: '{{queue}} leaked' },
      ],
      width: 6,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Utilisation',
      description:
        'Slot time spent on handlers, over all slot time. Unlike Slots it misses nothing between two scrapes.',
      unit: units.PercentUnit,
      queries: [{ expr: `${busySeconds} / ${slots}`, legend: '{{queue}}' }],
      width: 6,
      min: 0,
      max: 1,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 0.95, colour: 'red' },
      ],
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Longest running attempt',
      description: 'Age of the oldest attempt that runs now. One that only grows is hung: cancel it on the task page.',
      unit: units.Seconds,
      queries: [
        { expr: `max by (queue) (${select('taskdeck_worker_longest_running_seconds', QUEUE)})`, legend: '{{queue}}' },
      ],
      width: 6,
      min: 0,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Workers alive',
      description: 'Workers with a recent heartbeat in Postgres, by queue.',
      unit: units.Short,
      queries: [{ expr: fleet('taskdeck_workers_alive', 'queue', QUEUE), legend: '{{queue}}' }],
      width: 6,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Workers by state',
      description:
        'What the scraped workers say of themselves. Draining for long: an attempt does not heed its cancel signal.',
      unit: units.Short,
      queries: [{ expr: sum('state', select('taskdeck_worker_state')), legend: '{{state}}' }],
      width: 6,
      min: 0,
      stacked: true,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Event loop utilisation',
      description:
        'Share of the time the event loop was busy. Near 100 % the process has no more to give: add processes, or move CPU work out of the handlers.',
      unit: units.PercentUnit,
      queries: [{ expr: select('nodejs_eventloop_utilization_ratio'), legend: '{{job}} {{instance}}' }],
      width: 6,
      min: 0,
      max: 1,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 0.9, colour: 'red' },
      ],
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Event loop lag, p99',
      description:
        'How late timers fired since the last scrape. Above 0.5 s heartbeats are in danger: some code blocks the loop.',
      unit: units.Seconds,
      queries: [{ expr: select('nodejs_eventloop_lag_p99_seconds'), legend: '{{job}} {{instance}}' }],
      width: 6,
      min: 0,
      thresholds: [
        { from: 0, colour: 'green' },
        { from: 0.5, colour: 'red' },
      ],
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Heap and resident memory',
      description: 'Heap in use and the whole process. A heap that only grows leaks.',
      unit: units.BytesIEC,
      queries: [
        { expr: select('nodejs_heap_size_used_bytes'), legend: '{{instance}} heap' },
        { expr: select('process_resident_memory_bytes'), legend: '{{instance}} resident' },
      ],
      width: 6,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'CPU',
      description: 'Cores used by each process. Node runs JavaScript on one: near 1 the process is full.',
      unit: units.Short,
      queries: [{ expr: rate('process_cpu_seconds_total'), legend: '{{job}} {{instance}}' }],
      width: 8,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Garbage collection',
      description: 'Share of the time spent in garbage collection, by kind.',
      unit: units.PercentUnit,
      queries: [
        { expr: sum('instance, kind', rate('nodejs_gc_duration_seconds_sum')), legend: '{{instance}} {{kind}}' },
      ],
      width: 8,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Open file descriptors',
      description: 'Sockets and files each process holds. A line that only climbs leaks connections.',
      unit: units.Short,
      queries: [{ expr: select('process_open_fds'), legend: '{{job}} {{instance}}' }],
      width: 8,
      min: 0,
      page: 'workers',
    },
  ],
};
