import { createApiKey } from '#lib/access/index';
import type { Actor } from '#lib/access/types';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { audit, forgetAudit, listAudit, listAuditActions } from './index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
beforeEach(() => database.sql`delete from audit_log`);
afterAll(() => database.drop());

const someone: Actor = { kind: 'key', id: '0198c0de-0000-7000-8000-000000000001', name: 'test', role: 'operator' };

test('an entry names who did what, also when a key is gone', async () => {
  const { id } = await createApiKey({ name: 'nightly', role: 'operator' });
  await audit(database.sql, { kind: 'key', id, name: 'nightly', role: 'operator' }, 'queue.pause', 'queue:default', {
    paused: true,
  });
  await audit(database.sql, someone, 'queue.resume', 'queue:default');
  expect((await listAudit()).entries).toEqual([
    expect.objectContaining({ action: 'queue.resume', name: null, details: null }),
    {
      id: expect.any(String),
      at: expect.any(String),
      actor: `key:${id}`,
      name: 'nightly',
      action: 'queue.pause',
      subject: 'queue:default',
      details: { paused: true },
    },
  ]);
});

test('an entry of what was rolled back is not there', async () => {
  await database.sql
    .begin(async (tx) => {
      await audit(tx, someone, 'queue.pause', 'queue:default');
      throw new Error('no');
    })
    .catch(() => undefined);
  expect((await listAudit()).entries).toEqual([]);
});

test('a list is of a subject or an actor, in pages', async () => {
  for (const n of [1, 2, 3]) await audit(database.sql, someone, `queue.act-${n}`, n === 2 ? 'queue:b' : 'queue:a');
  const first = await listAudit({ subject: 'queue:a', limit: 1 });
  expect(first.entries.map(({ action }) => action)).toEqual(['queue.act-3']);
  const rest = await listAudit({ subject: 'queue:a', ...(first.nextCursor && { cursor: first.nextCursor }) });
  expect(rest.entries.map(({ action }) => action)).toEqual(['queue.act-1']);
  expect(rest.nextCursor).toBeNull();
  expect((await listAudit({ actor: 'system' })).entries).toEqual([]);
  expect((await listAudit({ actor: `key:${someone.id}` })).entries).toHaveLength(3);
});

test('entries are kept for a year', async () => {
  await audit(database.sql, someone, 'queue.old', 'queue:a');
  await database.sql`update audit_log set at = now() - interval '367 days'`;
  await audit(database.sql, someone, 'queue.new', 'queue:a');
  await forgetAudit();
  expect((await listAudit()).entries.map(({ action }) => action)).toEqual(['queue.new']);
});

test('the entries of one action are found, and the actions that there are', async () => {
  for (const action of ['queue.pause', 'queue.resume', 'queue.pause', 'key.create'])
    await audit(database.sql, someone, action, 'queue:a');
  expect((await listAudit({ action: 'queue.pause' })).entries).toHaveLength(2);
  expect(await listAuditActions()).toEqual(['key.create', 'queue.pause', 'queue.resume']);
});

test('a window takes what was done within it', async () => {
  const before = new Date(Date.now() - 1_000).toISOString();
  await audit(database.sql, someone, 'queue.pause', 'queue:a');
  const after = new Date(Date.now() + 1_000).toISOString();
  expect((await listAudit({ after: before, before: after })).entries).toHaveLength(1);
  expect((await listAudit({ after })).entries).toEqual([]);
  expect((await listAudit({ before })).entries).toEqual([]);
});
