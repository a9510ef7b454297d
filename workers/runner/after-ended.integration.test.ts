import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { publishDefinitions, submit } from '#lib/tasks/index';
import { testEngines, useTestEngine } from '../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { reapLost } from '../maintenance/reaper.ts';
import { createProbe, testActor, waitFor, waitForState } from '../testing.ts';
import { type Runner, startRunner } from './runner.ts';

// Without maintenance: what an end sets free it sets free itself.
describe.each(testEngines)('the end of an attempt on the %s engine', (kind) => {
  const { definition, runs } = createProbe();
  let database: TestDatabase;
  let runner: Runner;
  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    await publishDefinitions([definition]);
    const definitions = new Map([[definition.name, definition]]);
    runner = await startRunner({
      workerId: 'w',
      definitions,
      queues: [{ name: 'default', concurrency: 5 }],
      graceMs: 50,
    });
  });
  afterAll(async () => {
    await runner.stop();
    await flushFeed();
    await closeEngine();
    await database.drop();
  });

  const send = (options: object = {}, what = 'return') =>
    submit(testActor, { definition: 'probe', payload: { do: what }, ...options });

  it('has the tasks run that depended on it', async () => {
    const parent = await send();
    const child = await send({ dependsOn: [parent.id] });
    const grandchild = await send({ dependsOn: [child.id] });
    expect(await waitForState(grandchild.id, ['completed'], 30_000)).toMatchObject({ attempt: 1 });
  });

  it('has those cancelled that needed its success', async () => {
    const parent = await send({}, 'fail-permanently');
    const child = await send({ dependsOn: [parent.id] });
    expect(await waitForState(child.id, ['cancelled'], 30_000)).toMatchObject({ error: { name: 'DependencyFailed' } });
    expect(runs.get(child.id)).toBeUndefined();
  });

  it('gives its place in a concurrency key to the next', async () => {
    const concurrency = { key: 'one' };
    const tasks = await Promise.all([send({ concurrency }), send({ concurrency }), send({ concurrency })]);
    for (const { id } of tasks) expect(await waitForState(id, ['completed'], 30_000)).toMatchObject({ attempt: 1 });
  });

  it('does so too when its worker was lost', async () => {
    const parent = await send({ attempts: 1 }, 'ignore-abort');
    await waitForState(parent.id, ['running']);
    const child = await send({ dependsOn: [parent.id] });
    await waitFor('the reaper', async () => {
      // Again and again: the worker beats.
      await database.sql`update tasks set lost = max_lost, lease_until = now() - interval '1 second' where id = ${parent.id}`;
      return (await reapLost()) > 0;
    });
    expect(await waitForState(child.id, ['cancelled'], 30_000)).toMatchObject({ attempt: 0 });
  });
});
