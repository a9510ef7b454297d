import { validate } from 'uuid';
import { createGroupCommit, db, untilConnected } from '#lib/db/index';
import type { JobData } from '#lib/queues/index';
import type { RetryPolicy } from '#lib/tasks/types';

/** A task that this worker may run now, and the fence that every write of the attempt carries. */
export type Claimed = {
  id: string;
  fence: number;
  attempt: number;
  maxAttempts: number;
  lost: number;
  maxLost: number;
  definition: string;
  queue: string;
  priority: number;
  payload: unknown;
  retry: RetryPolicy;
  timeoutMs: number;
  metadata: Record<string, unknown> | null;
  correlationId: string | null;
  parentId: string | null;
  version: number;
  createdAt: Date;
  runAt: Date;
  readyAt: Date;
  startedAt: Date;
};

/** Seconds after which a worker that does not beat has lost its tasks. */
export const leaseSeconds = 15;

/** Whoever reaches Redis can add a job of any shape, and must not spoil the statement that it shares with others. */
const isWellFormed = ({ taskId, gen }: JobData): boolean =>
  validate(taskId) && Number.isInteger(gen) && gen > 0 && gen < 2 ** 31;

const claimedColumns = () => db()`
  t.id, t.fence, t.attempt, t.max_attempts as "maxAttempts", t.lost, t.max_lost as "maxLost", t.definition, t.queue, t.priority, t.payload, t.retry,
  t.timeout_ms as "timeoutMs", t.metadata, t.correlation_id as "correlationId", t.parent_id as "parentId", t.version, t.created_at as "createdAt", t.run_at as "runAt", t.ready_at as "readyAt",
  t.started_at as "startedAt"`;

/** Takes a task for this worker; undefined when the job is stale: never run the body then. */
export type Claim = (job: JobData) => Promise<Claimed | undefined>;

/**
 * CLAIM: pending becomes running, the attempt and the fence rise, the lease begins. A job of another gen, or of a task
 * that runs, waits or has ended, gets nothing. Claims that come together share a statement.
 *
 * While Postgres is away the job keeps its slot: given up, it would be gone from BullMQ, and with it all that wait there.
 */
export function createClaim(workerId: string): Claim {
  const claims = createGroupCommit<JobData, Claimed | undefined>({
    op: 'claim',
    write: async (jobs) => {
      const ids = jobs.map(({ taskId }) => taskId);
      // The ids, and the state as text: else the planner walks the partial index of all that is pending, a million rows perhaps.
      // At infinity it waits for room in its concurrency key: a job that says otherwise was not sent by us.
      // Task and gen as one text: the join that it stands for makes a claim of 200 twice as dear.
      const rows = await db()<Claimed[]>`
        update tasks t set state = 'running', attempt = t.attempt + 1, fence = t.fence + 1, worker_id = ${workerId},
          lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second', started_at = clock_timestamp(), progress = null,
          version = t.version + 1
        where t.id = any(${ids}::uuid[]) and t.state::text = 'pending'
          and t.id || '-' || t.gen = any(${jobs.map(({ taskId, gen }) => `${taskId}-${gen}`)}::text[])
          and (t.expires_at is null or t.attempt > 0 or t.expires_at > clock_timestamp())
          and t.dispatch_at < 'infinity'
        returning ${claimedColumns()}`;
      const claimed = new Map(rows.map((row) => [row.id, row]));
      return jobs.map(({ taskId }) => {
        const row = claimed.get(taskId);
        // A job that BullMQ handed out twice in one batch is run once.
        claimed.delete(taskId);
        return row;
      });
    },
  });

  /** A claim whose answer was lost with the connection, and that had come through. */
  async function readBack({ taskId, gen }: JobData): Promise<Claimed | undefined> {
    const [row] = await db()<Claimed[]>`
      select ${claimedColumns()} from tasks t
      where id = ${taskId} and gen = ${gen} and state = 'running' and worker_id = ${workerId}`;
    return row;
  }

  return async (job) => {
    if (!isWellFormed(job)) return undefined;
    return untilConnected(async (again) => (await claims.add(job)) ?? (again ? readBack(job) : undefined));
  };
}
