import { z } from 'zod';
import { listAudit } from '#lib/audit/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { defineTask, type DefinitionOptions } from './define.ts';
import { findDefinition, publishDefinitions, setDefinitionRetention } from './definitions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const payload = z.strictObject({ month: z.string() });
const define = (name: string, options: Partial<DefinitionOptions<typeof payload>> = {}) =>
  defineTask({ name, title: 'Report', payload, run: async () => undefined, ...options });

test('what a definition says is published', async () => {
  const backoff = () => 1;
  const said = { concurrency: { limit: 4 }, ttl: 60_000, maxLost: 2, isolate: true, retention: 86_400_000 };
  await publishDefinitions([define('said', { ...said, retry: { attempts: 2, backoff } })]);
  expect(await findDefinition('said')).toMatchObject({
    mode: 'async',
    concurrencyLimit: 4,
    ttlMs: 60_000,
    maxLost: 2,
    isolated: true,
    retentionMs: 86_400_000,
    retry: { attempts: 2, backoff: { type: 'custom' } },
    payloadSchema: { properties: { month: { type: 'string' } } },
  });
});

test('what it leaves out is published as its default', async () => {
  await publishDefinitions([define('plain')]);
  expect(await findDefinition('plain')).toMatchObject({
    mode: 'async',
    concurrencyLimit: null,
    ttlMs: null,
    maxLost: 3,
    isolated: false,
    retentionMs: null,
    active: true,
  });
});

test('a new release replaces what the one before it said', async () => {
  await publishDefinitions([define('changed', { mode: 'sync', ttl: 5_000, isolate: true, retention: 1_000 })]);
  await publishDefinitions([define('changed')]);
  expect(await findDefinition('changed')).toMatchObject({
    mode: 'async',
    concurrencyLimit: null,
    ttlMs: null,
    isolated: false,
    retentionMs: null,
  });
});

test('a retention that an admin has set outlasts the next release', async () => {
  const admin = { kind: 'key', id: crypto.randomUUID(), name: 'test', role: 'admin' } as const;
  await publishDefinitions([define('kept', { retention: 86_400_000 })]);
  expect(await setDefinitionRetention(admin, 'kept', { retentionMs: 120_000 })).toMatchObject({ retentionMs: 120_000 });
  await publishDefinitions([define('kept', { retention: 86_400_000, maxLost: 5 })]);
  expect(await findDefinition('kept')).toMatchObject({ retentionMs: 120_000, maxLost: 5 });
  expect((await listAudit({ subject: 'definition:kept' })).entries).toMatchObject([
    {
      action: 'definition.retention',
      details: { before: { retentionMs: 86_400_000 }, after: { retentionMs: 120_000 } },
    },
  ]);
});

test('the retention of no definition is not set', async () => {
  const admin = { kind: 'key', id: crypto.randomUUID(), name: 'test', role: 'admin' } as const;
  await expect(setDefinitionRetention(admin, 'nothing', { retentionMs: null })).rejects.toMatchObject({
    code: 'not_found',
  });
});
