import type { Registry } from 'prom-client';
import { buildersFor } from './metric-builders.ts';

/**
 * The state of the whole system, read from Postgres by one collector in the web process. Only the web exposes them:
 * from every worker they would be the same numbers many times over.
 */
export function createFleetMetrics(registry: Registry) {
  const { gauge, unmeasured } = buildersFor(registry);
  return {
    queueDepth: gauge('taskdeck_queue_depth', 'Tasks that are not terminal, by state.', ['queue', 'state']),
    queueOldestWaitingAgeSeconds: gauge(
      'taskdeck_queue_oldest_waiting_age_seconds',
      'Age of the oldest task that could run now.',
      ['queue'],
    ),
    queuePaused: gauge('taskdeck_queue_paused', '1 if the queue is paused.', ['queue']),
    workersAlive: gauge('taskdeck_workers_alive', 'Workers of the queue with a recent heartbeat.', ['queue']),
    outboxPendingRows: unmeasured('taskdeck_outbox_pending_rows', 'Due rows that the queue engine has not got yet.'),
    outboxOldestAgeSeconds: unmeasured(
      'taskdeck_outbox_oldest_age_seconds',
      'Age of the oldest such row; 0 if there is none.',
    ),
    collectSuccessTimestampSeconds: gauge(
      'taskdeck_collect_success_timestamp_seconds',
      'When these fleet metrics were last collected; 0 if never.',
    ),
    collectDurationSeconds: gauge('taskdeck_collect_duration_seconds', 'How long the last collection took.'),
  };
}
