import * as units from '@grafana/grafana-foundation-sdk/units';
import { DEFINITION, QUEUE, quantile, rate, sum } from '../promql.ts';
import type { RowSpec } from '../spec.ts';

/** Rate, errors, duration: of tasks, of attempts and of the API. */
export const red: RowSpec = {
  title: 'Rate, errors, duration',
  panels: [
    {
      kind: 'timeseries',
      title: 'Tasks accepted and ended',
      description:
        'Accepted (committed in Postgres) against ended, by status. Accepted above ended for long means a growing backlog.',
      unit: units.OpsPerSecond,
      queries: [
        { expr: sum('', rate('taskdeck_tasks_enqueued_total', QUEUE, DEFINITION)), legend: 'accepted' },
        { expr: sum('status', rate('taskdeck_tasks_finished_total', QUEUE, DEFINITION)), legend: '{{status}}' },
      ],
      width: 8,
      min: 0,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Attempts by outcome',
      description:
        'Executions of handlers. `lost` is an attempt whose worker disappeared; `timeout` one that outran its limit.',
      unit: units.OpsPerSecond,
      queries: [
        { expr: sum('outcome', rate('taskdeck_attempts_finished_total', QUEUE, DEFINITION)), legend: '{{outcome}}' },
      ],
      width: 8,
      min: 0,
      stacked: true,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Failures by kind',
      description:
        'Failed attempts by kind: `permanent` is not retried. The messages are on the task page and in the log, by request_id and task_id.',
      unit: units.OpsPerSecond,
      queries: [{ expr: sum('error_kind', rate('taskdeck_attempt_failures_total', QUEUE)), legend: '{{error_kind}}' }],
      width: 8,
      min: 0,
      stacked: true,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Run time by definition, p95',
      description:
        'How long handlers run. A step in one line is that handler or what it calls; a step in all is the machine.',
      unit: units.Seconds,
      queries: [
        {
          expr: quantile(0.95, 'taskdeck_attempt_duration_seconds', 'definition', QUEUE, DEFINITION),
          legend: '{{definition}}',
        },
      ],
      width: 8,
      min: 0,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Eligible to ended',
      description: 'What the submitter feels: wait, run, retries and backoff together.',
      unit: units.Seconds,
      queries: [0.5, 0.95, 0.99].map((q) => ({
        expr: quantile(q, 'taskdeck_task_total_seconds', '', QUEUE),
        legend: `p${q * 100}`,
      })),
      width: 8,
      min: 0,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Retries',
      description: 'Retries scheduled, by definition. A storm of them loads the workers without ending tasks.',
      unit: units.OpsPerSecond,
      queries: [
        {
          expr: sum('definition', rate('taskdeck_retries_scheduled_total', QUEUE, DEFINITION)),
          legend: '{{definition}}',
        },
      ],
      width: 8,
      min: 0,
      stacked: true,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'HTTP answers',
      description: 'Requests answered by the web, by class of status.',
      unit: units.RequestsPerSecond,
      queries: [{ expr: sum('status_class', rate('http_request_duration_seconds_count')), legend: '{{status_class}}' }],
      width: 8,
      min: 0,
      stacked: true,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'HTTP time by route, p95',
      description: 'Time to answer, by route and method.',
      unit: units.Seconds,
      queries: [
        { expr: quantile(0.95, 'http_request_duration_seconds', 'method, route'), legend: '{{method}} {{route}}' },
      ],
      width: 8,
      min: 0,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Submissions refused',
      description: 'By reason: validation is the client, quota and rate_limit the policy, backpressure is us.',
      unit: units.RequestsPerSecond,
      queries: [{ expr: sum('reason', rate('taskdeck_enqueue_rejected_total')), legend: '{{reason}}' }],
      width: 8,
      min: 0,
      stacked: true,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Attempts a task took',
      description: 'Share of the ended tasks that needed one attempt, and up to three.',
      unit: units.PercentUnit,
      queries: [
        { expr: attemptsWithin(1), legend: 'one' },
        { expr: attemptsWithin(3), legend: 'up to three' },
      ],
      width: 8,
      min: 0,
      max: 1,
      page: 'tasks',
    },
    {
      kind: 'timeseries',
      title: 'Started twice, written late',
      description:
        'Claims of tasks that were already taken or done, and writes of workers that no longer own the task. Both were refused: a few after a crash are the design at work, a steady rate is not.',
      unit: units.OpsPerSecond,
      queries: [
        { expr: sum('', rate('taskdeck_duplicate_executions_prevented_total')), legend: 'duplicate starts refused' },
        { expr: sum('', rate('taskdeck_stale_writes_rejected_total')), legend: 'stale writes refused' },
      ],
      width: 8,
      min: 0,
      page: 'workers',
    },
    {
      kind: 'timeseries',
      title: 'Log lines',
      description: 'Warnings and errors logged by all processes, by level.',
      unit: units.OpsPerSecond,
      queries: [{ expr: sum('level', rate('taskdeck_log_lines_total', 'level=~"warn|error"')), legend: '{{level}}' }],
      width: 8,
      min: 0,
      page: 'tasks',
    },
  ],
};

/** Prometheus 2 stores the edge 3 as le="3", Prometheus 3 as le="3.0". */
function attemptsWithin(edge: number): string {
  const within = sum('', rate('taskdeck_task_attempts_bucket', QUEUE, `le=~"${edge}|${edge}[.]0"`));
  return `${within} / ${sum('', rate('taskdeck_task_attempts_count', QUEUE))}`;
}
