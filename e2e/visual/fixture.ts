import { rows } from '../support/rows.ts';

/** The same tasks each time: every state once or more, ids that sort by age, nothing that a worker would touch. */
const states = [
  'completed',
  'failed',
  'running',
  'scheduled',
  'paused',
  'retrying',
  'cancelled',
  'abandoned',
  'completed',
  'completed',
  'failed',
  'completed',
] as const;

const definitions = ['sendMessage', 'httpRequest', 'importCsv', 'processVoice'] as const;

/** A task of the fixture that has failed. */
export const failedTask = taskId(1);

/** The n-th task, newest first. */
function taskId(index: number): string {
  return `01a1f000-0000-7000-8000-${(0xffff - index).toString(16).padStart(12, '0')}`;
}

/** Writes the tasks that the pictures show. After a test that failed it is called again. */
export async function seedPictures(): Promise<void> {
  if ((await rows`select from tasks where id = ${failedTask}`).length > 0) return;
  for (const [index, state] of states.entries()) {
    const ended = ['completed', 'failed', 'cancelled', 'abandoned'].includes(state);
    const bad = state === 'failed' || state === 'abandoned';
    const at = rows`now() - ${index * 7 + 2} * interval '1 minute'`;
    await rows`
      insert into tasks (id, definition, queue, state, payload, result, error, error_fingerprint, progress, tags, max_attempts,
        attempt, fence, retry, timeout_ms, run_at, ready_at, dispatch_at, lease_until, worker_id, submitted_by, created_at,
        started_at, finished_at)
      values (${taskId(index)}, ${definitions[index % definitions.length] ?? ''}, 'default', ${state},
        ${rows.json({ message: `Message number ${index}`, to: 'inbox' })},
        ${state === 'completed' ? rows.json({ delivered: true }) : null},
        ${bad ? rows.json({ name: 'Error', message: 'The printer is on fire', retryable: true }) : null},
        ${bad ? '00c0ffee00c0ffee' : null},
        ${state === 'running' ? rows.json({ fraction: 0.4 }) : null},
        ${index % 3 === 0 ? ['nightly'] : []}, 3, ${state === 'scheduled' ? 0 : 1}, ${state === 'scheduled' ? 0 : 1},
        ${rows.json({ attempts: 3, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } })}, 60000,
        ${state === 'scheduled' || state === 'retrying' ? new Date('2099-01-01') : rows`${at}`}, ${at}, '2099-01-01',
        ${state === 'running' ? new Date('2099-01-01') : null}, ${state === 'scheduled' ? null : 'worker-of-the-pictures'},
        'system', ${at}, ${state === 'scheduled' ? null : rows`${at} + interval '1 second'`},
        ${ended ? rows`${at} + interval '3 seconds'` : null})`;
    if (bad)
      await rows`
        insert into task_attempts (task_id, fence, attempt, outcome, worker_id, ready_at, started_at, finished_at, error)
        select id, 1, 1, 'failure', worker_id, ready_at, started_at, finished_at, error from tasks where id = ${taskId(index)}`;
  }
}
