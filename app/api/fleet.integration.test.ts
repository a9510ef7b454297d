import { v7 as uuidv7 } from 'uuid';
import { closeEngine } from '#lib/queues/index';
import { takeCommands } from '#lib/workers/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { GET as listPools } from './pools/route.ts';
import { POST as scalePool } from './pools/[id]/scale/route.ts';
import { POST as startPool } from './pools/[id]/start/route.ts';
import { POST as stopPool } from './pools/[id]/stop/route.ts';
import { GET as listQueues, POST as createQueue } from './queues/route.ts';
import { GET as getQueue, PATCH as patchQueue } from './queues/[name]/route.ts';
import { POST as drainQueue } from './queues/[name]/drain/route.ts';
import { POST as pauseQueue } from './queues/[name]/pause/route.ts';
import { POST as resumeQueue } from './queues/[name]/resume/route.ts';
import { GET as listWorkers } from './workers/route.ts';
import { PATCH as patchWorker } from './workers/[id]/route.ts';
import { POST as drainWorker } from './workers/[id]/drain/route.ts';
import { call, type Caller, program, read } from './testing.ts';

let database: TestDatabase;
let admin: Caller;
let operator: Caller;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  admin = await program('admin');
  operator = await program('operator');
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

describe('queues', () => {
  const mail = { params: { name: 'mail' } };

  test('are made, changed and shown by their settings', async () => {
    const made = await read(
      call(createQueue, '/api/queues', {
        method: 'POST',
        caller: admin,
        json: { name: 'mail', rateLimit: { max: 10, perMs: 1_000 } },
      }),
    );
    expect(made).toMatchObject({ status: 201, body: { name: 'mail', concurrency: 20, rateLimit: { max: 10 } } });
    expect(made.headers.get('location')).toBe('/api/queues/mail');
    const changed = await read(
      call(patchQueue, '/api/queues/mail', { ...mail, method: 'PATCH', caller: admin, json: { rateLimit: null } }),
    );
    expect(changed.body).toMatchObject({ rateLimit: null, concurrency: 20 });
    expect((await read(call(getQueue, '/api/queues/mail', { ...mail, caller: operator }))).body).toMatchObject({
      name: 'mail',
      waiting: 0,
      running: 0,
    });
    const { body } = await read(call(listQueues, '/api/queues', { caller: operator }));
    expect(body['queues']).toMatchObject([{ name: 'default' }, { name: 'mail' }]);
  });

  test('are paused, drained and resumed by operators, and changed by admins only', async () => {
    const post = (handler: typeof pauseQueue) =>
      read(call(handler, '/api/queues/mail/x', { ...mail, method: 'POST', caller: operator }));
    expect((await post(pauseQueue)).body).toMatchObject({ paused: true });
    expect((await post(drainQueue)).body).toMatchObject({ paused: true, draining: true });
    expect((await post(resumeQueue)).body).toMatchObject({ paused: false, draining: false });
    const patch = { ...mail, method: 'PATCH', caller: operator, json: { paused: true } };
    expect((await call(patchQueue, '/api/queues/mail', patch)).status).toBe(403);
    expect((await call(getQueue, '/api/queues/x', { params: { name: 'x' }, caller: operator })).status).toBe(404);
  });

  test.each([
    [{ concurrency: 0 }, '/concurrency'],
    [{ concurrency: 1.5 }, '/concurrency'],
    [{ rateLimit: { max: 5 } }, '/rateLimit/perMs'],
    [{ globalConcurrency: 1e9 }, '/globalConcurrency'],
    [{ name: 'other' }, '/name'],
  ])('refuse %j and say which field', async (json, pointer) => {
    const answer = await read(call(patchQueue, '/api/queues/mail', { ...mail, method: 'PATCH', caller: admin, json }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});

describe('workers and pools', () => {
  const workerId = uuidv7();
  const poolId = uuidv7();
  beforeAll(async () => {
    await database.sql`
      insert into worker_pools (id, host, pid, size, min_size, max_size) values (${poolId}, 'h', 1, 2, 1, 4)`;
    await database.sql`
      insert into workers (id, host, pid, version, queues, slots, state, pool_id)
      values (${workerId}, 'h', 2, '1', '{default}', 20, 'running', ${poolId})`;
  });

  test('are shown', async () => {
    const { body } = await read(call(listWorkers, '/api/workers', { caller: operator }));
    expect(body['workers']).toMatchObject([{ id: workerId, poolId, alive: true, healthy: true, running: 0 }]);
    const pools = await read(call(listPools, '/api/pools', { caller: operator }));
    expect(pools.body['pools']).toMatchObject([
      { id: poolId, size: 2, minSize: 1, maxSize: 4, workers: 1, alive: true },
    ]);
  });

  test('are told by admins what to do, each command once and written down', async () => {
    const params = { id: workerId };
    expect((await call(drainWorker, '/', { params, method: 'POST', caller: operator })).status).toBe(403);
    expect((await call(drainWorker, '/', { params, method: 'POST', caller: admin })).status).toBe(202);
    const slots = (json: object) => read(call(patchWorker, '/', { params, method: 'PATCH', caller: admin, json }));
    expect((await slots({ slots: 5, queue: 'default' })).status).toBe(202);
    expect(await slots({ slots: 5, queue: 'mail' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/queue' }] },
    });
    expect(await takeCommands(workerId)).toEqual([
      { command: 'drain' },
      { command: 'slots', slots: 5, queue: 'default' },
    ]);
    expect(await takeCommands(workerId)).toEqual([]);
    const rows = await database.sql`select action from audit_log where subject = ${`worker:${workerId}`} order by id`;
    expect(rows.map(({ action }) => action)).toEqual(['worker.drain', 'worker.slots']);
  });

  test('that there are not are a 404', async () => {
    const nobody = { params: { id: uuidv7() }, method: 'POST', caller: admin };
    expect((await call(drainWorker, '/', nobody)).status).toBe(404);
    expect((await call(startPool, '/', nobody)).status).toBe(404);
  });

  test('are scaled, started and stopped', async () => {
    const params = { id: poolId };
    const scale = (size: unknown) =>
      read(call(scalePool, '/', { params, method: 'POST', caller: admin, json: { size } }));
    expect(await scale(3)).toMatchObject({ status: 202, body: { size: 3 } });
    expect(await scale(5)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/size' }] } });
    expect((await read(call(stopPool, '/', { params, method: 'POST', caller: admin }))).body).toEqual({ size: 0 });
    expect((await read(call(startPool, '/', { params, method: 'POST', caller: admin }))).body).toEqual({ size: 1 });
    expect(await takeCommands(poolId)).toEqual([3, 0, 1].map((size) => ({ command: 'scale', size })));
  });
});
