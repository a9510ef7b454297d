import type { Registry } from 'prom-client';
import { buildersFor } from './metric-builders.ts';

/** The metrics that each process reports about itself. Property names are the metric names without `taskdeck_`. */
export function createProcessMetrics(registry: Registry) {
  const { counter, gauge, histogram, unmeasured } = buildersFor(registry);
  return {
    // Accepting tasks
    tasksEnqueuedTotal: counter('taskdeck_tasks_enqueued_total', 'Tasks accepted (committed in Postgres).', [
      'queue',
      'definition',
      'trigger',
      'timing',
    ]),
    enqueueRejectedTotal: counter('taskdeck_enqueue_rejected_total', 'Submissions refused, by reason.', ['reason']),
    enqueueDurationSeconds: histogram(
      'taskdeck_enqueue_duration_seconds',
      'Time from a parsed submission to its commit.',
      'io',
      ['path'],
    ),
    httpRequestDurationSeconds: histogram(
      'http_request_duration_seconds',
      'Time to answer an HTTP request; route is the template.',
      'io',
      ['route', 'method', 'status_class'],
    ),

    // Handing tasks to the queue engine
    outboxPublishedTotal: counter('taskdeck_outbox_published_total', 'Rows handed to the queue engine, by result.', [
      'result',
    ]),
    outboxBatchRows: histogram('taskdeck_outbox_batch_rows', 'Rows handed to the queue engine in one call.', 'size'),
    outboxPublishLagSeconds: histogram(
      'taskdeck_outbox_publish_lag_seconds',
      'Time from the commit of a due row until the queue engine has it.',
      'wait',
    ),

    // Attempts and tasks
    attemptsStartedTotal: counter('taskdeck_attempts_started_total', 'Attempts claimed by a worker.', [
      'queue',
      'definition',
    ]),
    attemptsFinishedTotal: counter('taskdeck_attempts_finished_total', 'Attempts that ended, by outcome.', [
      'queue',
      'definition',
      'outcome',
    ]),
    tasksFinishedTotal: counter(
      'taskdeck_tasks_finished_total',
      'Tasks that reached a terminal status; counted once, by whoever commits it.',
      ['queue', 'definition', 'status'],
    ),
    attemptFailuresTotal: counter('taskdeck_attempt_failures_total', 'Failed attempts by kind of error.', [
      'queue',
      'error_kind',
    ]),
    retriesScheduledTotal: counter('taskdeck_retries_scheduled_total', 'Retries scheduled after a failed attempt.', [
      'queue',
      'definition',
    ]),
    taskAttempts: histogram('taskdeck_task_attempts', 'Attempts a task had used when it ended.', 'attempts', ['queue']),
    queueWaitSeconds: histogram(
      'taskdeck_queue_wait_seconds',
      'Time from eligible to started, this attempt; without deliberate delay and backoff.',
      'wait',
      ['queue'],
    ),
    attemptDurationSeconds: histogram('taskdeck_attempt_duration_seconds', 'Time a handler ran.', 'run', [
      'queue',
      'definition',
    ]),
    taskTotalSeconds: histogram('taskdeck_task_total_seconds', 'Time from first eligible to terminal.', 'run', [
      'queue',
    ]),
    duplicateExecutionsPreventedTotal: counter(
      'taskdeck_duplicate_executions_prevented_total',
      'Claims refused because the task was already taken or done.',
    ),
    staleWritesRejectedTotal: counter(
      'taskdeck_stale_writes_rejected_total',
      'Writes of a worker that no longer owned its task, refused by the fence.',
    ),

    // The worker
    workerSlots: gauge('taskdeck_worker_slots', 'Tasks that this worker may run at once.', ['queue']),
    workerSlotsBusy: gauge('taskdeck_worker_slots_busy', 'Slots that run a task now.', ['queue']),
    workerSlotsLeaked: gauge('taskdeck_worker_slots_leaked', 'Handlers that go on although their attempt has ended.', [
      'queue',
    ]),
    workerBusySecondsTotal: counter(
      'taskdeck_worker_busy_seconds_total',
      'Seconds of slot time spent on handlers; its rate over slots is the utilisation.',
      ['queue'],
    ),
    workerLongestRunningSeconds: gauge(
      'taskdeck_worker_longest_running_seconds',
      'Age of the oldest attempt running now.',
      ['queue'],
      'max',
    ),
    workerState: gauge('taskdeck_worker_state', '1 for the state this worker is in, else 0.', ['state']),
    buildInfo: gauge('taskdeck_build_info', 'Always 1; the labels name the build.', ['version', 'node'], 'first'),

    // Group commit
    dbWriteBatchRows: histogram('taskdeck_db_write_batch_rows', 'Rows in one group commit.', 'size', ['op']),
    dbWriteDurationSeconds: histogram('taskdeck_db_write_duration_seconds', 'Time of one group commit.', 'io', ['op']),
    dbWriteRowsTotal: counter('taskdeck_db_write_rows_total', 'Rows written by group commit, by result.', [
      'op',
      'result',
    ]),
    dbErrorsTotal: counter(
      'taskdeck_db_errors_total',
      'Errors from Postgres by the first two characters of the SQLSTATE.',
      ['sqlstate_class'],
    ),

    // Realtime, Redis, log
    realtimeEventsTotal: counter('taskdeck_realtime_events_total', 'Change events by result.', ['kind', 'result']),
    redisUp: unmeasured(
      'taskdeck_redis_up',
      '1 if Redis answered the last ping. Absent where no Redis is used.',
      'min',
    ),
    redisMemoryUsedBytes: unmeasured('taskdeck_redis_memory_used_bytes', 'used_memory of Redis.', 'max'),
    logLinesTotal: counter('taskdeck_log_lines_total', 'Lines logged.', ['level']),
  };
}
