import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { v7 as uuidv7 } from 'uuid';
import { closeEngine, engine } from '#lib/queues/index';
import { dispatchDue, recoverWipe } from '#lib/tasks/index';
import type { TaskState } from '#lib/tasks/state';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { testEngines, useTestEngine } from '../testing/engines.ts';
import { testStack } from '../testing/environment.ts';
import { nodeBinary } from '../../supabase/local/node-program.ts';
import { waitFor } from '../../workers/testing.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { checkLostJobs, checkStaleJobs } from './jobs.ts';
import { checkDefinitions, checkMark, checkPauses } from './queues.ts';
import { checkBlocked, checkCancels, checkLeases, checkOverdue } from './tasks.ts';

// It starts processes, and machines that test are busy.
type Given = { state?: TaskState; dispatchIn?: string; leaseIn?: string; cancelledAgo?: string };

describe.each(testEngines)('on %s, the doctor', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    await waitFor('the engine', async () => (await engine().ping()).ok);
    await recoverWipe();
  });
  beforeEach(async () => {
    await database.sql`delete from tasks`;
    await (await engine().queue('default')).obliterate({ force: true });
  });
  afterAll(async () => {
    await closeEngine();
    await database.drop();
  });

  async function insert({
    state = 'pending',
    dispatchIn = '0',
    leaseIn = '0',
    cancelledAgo,
  }: Given = {}): Promise<string> {
    const id = uuidv7();
    await database.sql`
      insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, lease_until,
        cancel_requested_at, fence, attempt, started_at, submitted_by)
      values (${id}, 'probe', 'default', ${state}, '{}', 3, '{"attempts": 3, "backoff": {"type": "fixed", "delay": 0, "max": 0, "jitter": false}}',
        1000, now(), now(), now() + ${dispatchIn}::interval, now() + ${leaseIn}::interval,
        ${cancelledAgo === undefined ? null : database.sql`now() - ${cancelledAgo}::interval`}, 1, 1, now(), 'user:test')`;
    return id;
  }

  const stateOf = async (id: string): Promise<string | undefined> =>
    (await database.sql<{ state: string }[]>`select state from tasks where id = ${id}`)[0]?.state;

  /** The one finding there is. */
  const only = (findings: Finding[]): Finding => {
    expect(findings).toHaveLength(1);
    return findings[0] ?? { problem: '', advice: '' };
  };

  it('finds nothing wrong with a task that is on its way', async () => {
    await insert();
    await dispatchDue();
    await insert({ state: 'running', leaseIn: '10 seconds' });
    const checks = [checkStaleJobs, checkLostJobs, checkLeases, checkCancels, checkBlocked, checkOverdue];
    expect((await Promise.all(checks.map((check) => check()))).flat()).toEqual([]);
  });

  it('finds tasks that nobody sends, and sends them', async () => {
    const id = await insert({ dispatchIn: '-1 minute' });
    const finding = only(await checkOverdue());
    expect(finding.problem).toContain(id);
    await finding.repair?.();
    expect(await checkOverdue()).toEqual([]);
    expect(await engine().depth('default')).toBe(1);
  });

  it('finds tasks whose job is lost, and makes them due', async () => {
    const id = await insert({ dispatchIn: '1 minute' });
    const finding = only(await checkLostJobs());
    expect(finding.problem).toContain(id);
    await finding.repair?.();
    await dispatchDue();
    expect(await checkLostJobs()).toEqual([]);
  });

  it('finds jobs without a task of theirs, and removes only them', async () => {
    const [alive, ended] = [await insert(), await insert({ state: 'completed' })];
    const job = (taskId: string, gen: number) => ({ taskId, gen, name: 'probe', priority: 0 });
    await engine().add('default', [job(alive, 1), job(alive, 2), job(ended, 1), job(uuidv7(), 1)]);
    const finding = only(await checkStaleJobs());
    expect(finding.problem).toContain('3 jobs');
    await finding.repair?.();
    expect(await checkStaleJobs()).toEqual([]);
    expect(await engine().depth('default')).toBe(1);
  });

  it('finds leases that have ended, and ends their attempts', async () => {
    const id = await insert({ state: 'running', leaseIn: '-1 minute' });
    const finding = only(await checkLeases());
    expect(finding.problem).toContain(id);
    await finding.repair?.();
    expect(await stateOf(id)).toBe('retrying');
  });

  it('finds blocked tasks that wait for nothing, and lets them go', async () => {
    const [parent, child] = [await insert({ state: 'completed' }), await insert({ state: 'blocked' })];
    await database.sql`insert into task_dependencies (task_id, depends_on) values (${child}, ${parent})`;
    await database.sql`update tasks set unresolved = 1 where id = ${child}`;
    await only(await checkBlocked()).repair?.();
    expect(await stateOf(child)).toBe('pending');
  });

  it('finds cancels that nobody heeds', async () => {
    const id = await insert({ state: 'running', leaseIn: '1 minute', cancelledAgo: '2 minutes' });
    expect(only(await checkCancels()).problem).toContain(id);
  });

  it('finds definitions that no worker runs', async () => {
    await database.sql`
      insert into task_definitions (name, title, queue, payload_schema, retry, timeout_ms) values ('probe', 'Probe', 'default', '{}', '{}', 1000)`;
    expect(only(await checkDefinitions()).problem).toContain('"probe"');
  });

  it('finds a pause that BullMQ does not know, and tells it', async () => {
    await database.sql`update queues set paused = true where name = 'default'`;
    await only(await checkPauses()).repair?.();
    expect(await checkPauses()).toEqual([]);
    expect(await (await engine().queue('default')).isPaused()).toBe(true);
    await database.sql`update queues set paused = false where name = 'default'`;
    await only(await checkPauses()).repair?.();
  });

  it('reads only, unless it is told to fix', async () => {
    const id = await insert({ state: 'running', leaseIn: '-1 minute' });
    const { lines, left } = await examine(false);
    expect(lines.join('\n')).toContain(id);
    expect(await stateOf(id)).toBe('running');
    const fixed = await examine(true);
    expect(await stateOf(id)).toBe('retrying');
    expect(fixed.left).toBe(left - 1);
  });
});

describe('on redis, the doctor', () => {
  it('finds that the queue was wiped, and marks it again', async () => {
    const database = await testDatabase();
    await useTestEngine('redis');
    await waitFor('the engine', async () => (await engine().ping()).ok);
    const [finding] = await checkMark();
    expect(finding?.problem).toContain('wiped');
    await finding?.repair?.();
    expect(await checkMark()).toEqual([]);
    await closeEngine();
    await database.drop();
  });

  it('says each problem on a line of its own, and exits with 1', async () => {
    const database = await testDatabase();
    const child = spawn(nodeBinary(), ['scripts/doctor.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', QUEUE_ENGINE: 'redis', REDIS_URL: testStack().redisUrl },
    });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(code).toBe(1);
    expect(output).toMatch(/^✗ workers: none is alive/m);
    expect(output).toMatch(/^✗ the queue lacks the mark/m);
    await database.drop();
  });
});
