import type { Registry } from 'prom-client';
import * as observability from './index.ts';

const { fleetRegistry, metrics, metricsText, processRegistry, seedMetrics } = observability;

const camel = (name: string) =>
  name.replace(/^taskdeck_/, '').replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const names = (registry: Registry) => registry.getMetricsAsArray().map(({ name }) => name);
const own = (all: string[]) => all.filter((name) => !/^(nodejs|process)_/.test(name));
const samples = async (kind: 'process' | 'all') =>
  (await metricsText(kind)).body.split('\n').filter((text) => text && !text.startsWith('#'));

test('every property is named after its metric', () => {
  const registered = own([...names(processRegistry), ...names(fleetRegistry)]);
  expect(Object.keys(metrics).sort()).toEqual(registered.map(camel).sort());
});

test('names follow the rules: prefix, base units, _total on counters only', async () => {
  for (const registry of [processRegistry, fleetRegistry]) {
    for (const { name, type, help } of await registry.getMetricsAsJSON()) {
      if (/^(nodejs|process)_/.test(name)) continue;
      expect(name).toMatch(/^(taskdeck|http)_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(String(type) === 'counter');
      expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent)(_|$)/);
      expect(help).toMatch(/^[A-Zaus10].*\.$/);
    }
  }
});

test('a worker does not expose the fleet, the web does', async () => {
  expect(names(processRegistry)).not.toContain('taskdeck_queue_depth');
  metrics.queueDepth.set({ queue: 'default', state: 'pending' }, 3);
  expect((await metricsText('process')).body).not.toContain('taskdeck_queue_depth');
  const all = await metricsText('all');
  expect(all.body).toContain('taskdeck_queue_depth{queue="default",state="pending"} 3\n');
  expect(all.contentType).toContain('text/plain; version=0.0.4');
});

test('what nobody measured has no value', async () => {
  expect(await samples('all')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^taskdeck_(redis|outbox_pending|outbox_oldest)/)]),
  );
  metrics.redisUp.set(1);
  expect(await samples('all')).toContain('taskdeck_redis_up 1');
});

test('seeding starts every bounded combination at 0 and keeps what has counted', async () => {
  const known = { queues: ['default'], definitions: [{ name: 'sendMessage', queue: 'default' }] };
  seedMetrics(known);
  const before = await samples('process');
  expect(before).toContain(
    'taskdeck_tasks_finished_total{queue="default",definition="sendMessage",status="abandoned"} 0',
  );
  expect(before).toContain('taskdeck_queue_wait_seconds_count{queue="default"} 0');
  metrics.queueWaitSeconds.observe({ queue: 'default' }, 0.2);
  metrics.attemptsStartedTotal.inc({ queue: 'default', definition: 'sendMessage' });
  seedMetrics(known);
  const after = await samples('process');
  expect(after).toContain('taskdeck_queue_wait_seconds_count{queue="default"} 1');
  expect(after).toContain('taskdeck_attempts_started_total{queue="default",definition="sendMessage"} 1');
});

test('an unregistered definition becomes `other`, however the metric is called', async () => {
  metrics.attemptsStartedTotal.inc({ queue: 'q', definition: 'injected-1' });
  metrics.attemptsStartedTotal.labels('q', 'injected-2').inc();
  metrics.attemptDurationSeconds.observe({ queue: 'q', definition: 'injected-3' }, 1);
  metrics.attemptDurationSeconds.startTimer({ queue: 'q' })({ definition: 'injected-4' });
  const text = (await samples('process')).join('\n');
  expect(text).not.toContain('injected');
  expect(text).toContain('taskdeck_attempts_started_total{queue="q",definition="other"} 2');
  expect(text).toContain('taskdeck_attempt_duration_seconds_count{queue="q",definition="other"} 2');
});

test('the hundred-and-first definition stays `other`', async () => {
  seedMetrics({ queues: [], definitions: Array.from({ length: 120 }, (_, n) => ({ name: `d${n}`, queue: 'many' })) });
  const seen = new Set((await samples('process')).flatMap((text) => /definition="(\w+)"/.exec(text)?.[1] ?? []));
  expect(seen.size).toBeLessThanOrEqual(101);
  expect(observability.definitionLabel('d119')).toBe('other');
});

test('two copies of the module share one registry, one log context and one set of counters', async () => {
  let copy: typeof observability | undefined;
  await jest.isolateModulesAsync(async () => {
    copy = await import('./index.ts');
  });
  expect(copy).toBeDefined();
  expect(copy?.metricsText).not.toBe(metricsText); // really another copy
  expect(copy?.processRegistry).toBe(processRegistry);
  copy?.metrics.enqueueRejectedTotal.inc({ reason: 'quota' }, 7);
  expect(await samples('process')).toContain('taskdeck_enqueue_rejected_total{reason="quota"} 7');
  expect(observability.withContext({ taskId: 'shared' }, () => copy?.currentContext())).toEqual({ taskId: 'shared' });
});

test('the runtime metrics are collected once, with the utilisation of the event loop', async () => {
  const text = await samples('process');
  expect(text.filter((line) => line.startsWith('process_cpu_seconds_total'))).toHaveLength(1);
  const ratio = Number(text.find((line) => line.startsWith('nodejs_eventloop_utilization_ratio'))?.split(' ')[1]);
  expect(ratio).toBeGreaterThanOrEqual(0);
  expect(ratio).toBeLessThanOrEqual(1);
});
