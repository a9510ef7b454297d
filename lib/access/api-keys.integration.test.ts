import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { authenticateApiKey, createApiKey, ensureApiKey, revokeApiKey } from './api-keys.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('a key stands for its name and role', async () => {
  const { id, key } = await createApiKey({ name: 'ci', role: 'operator' });
  expect(key).toMatch(/^tdk_[A-Za-z0-9_-]{43}$/);
  expect(await authenticateApiKey(key)).toEqual({ kind: 'key', id, name: 'ci', role: 'operator' });
});

test('a key has the rate limit that it was made with', async () => {
  const { key } = await createApiKey({ name: 'slow', role: 'operator', rateLimit: 600 });
  expect(await authenticateApiKey(key)).toMatchObject({ rateLimit: 600 });
});

test('the table holds no key, only its hash and first characters', async () => {
  const { id, key } = await createApiKey({ name: 'secret', role: 'viewer' });
  const [row] = await database.sql<
    { dump: string }[]
  >`select row_to_json(k)::text as dump from api_keys k where id = ${id}`;
  expect(row?.dump).toContain(key.slice(0, 10));
  expect(row?.dump).not.toContain(key.slice(4));
});

test('an expired key is nobody, one that expires later is somebody', async () => {
  const expired = await createApiKey({ name: 'old', role: 'admin', expiresAt: new Date(Date.now() - 1_000) });
  const later = await createApiKey({ name: 'new', role: 'admin', expiresAt: new Date(Date.now() + 60_000) });
  expect(await authenticateApiKey(expired.key)).toBeNull();
  expect(await authenticateApiKey(later.key)).not.toBeNull();
});

test('a revoked key is nobody at once', async () => {
  const { id, key } = await createApiKey({ name: 'gone', role: 'admin' });
  expect(await authenticateApiKey(key)).not.toBeNull();
  expect(await revokeApiKey(id)).toBe(true);
  expect(await revokeApiKey(id)).toBe(false);
  expect(await authenticateApiKey(key)).toBeNull();
});

test.each([
  '',
  'tdk_',
  'tdk_short',
  `tdk_${'x'.repeat(43)}`,
  `TDK_${'x'.repeat(43)}`,
  `tdk_${'x'.repeat(42)}'`,
  `tdk_${'x'.repeat(100_000)}`,
  "tdk_' or '1'='1",
])('an unknown key is nobody: %.60s', async (token) => {
  expect(await authenticateApiKey(token)).toBeNull();
});

test('its last use is written at most once a minute', async () => {
  const { id, key } = await createApiKey({ name: 'used', role: 'viewer' });
  const lastUse = async () =>
    (
      await database.sql<{ at: Date | null }[]>`select last_used_at as at from api_keys where id = ${id}`
    )[0]?.at?.getTime();
  expect(await lastUse()).toBeUndefined();
  await authenticateApiKey(key);
  const first = await lastUse();
  expect(first).toBeGreaterThan(Date.now() - 60_000);
  await Promise.all(Array.from({ length: 5 }, () => authenticateApiKey(key)));
  expect(await lastUse()).toBe(first);
  await database.sql`update api_keys set last_used_at = now() - interval '61 seconds' where id = ${id}`;
  await authenticateApiKey(key);
  expect(await lastUse()).toBeGreaterThan(Date.now() - 30_000);
});

test('a key of the environment is made once, and rotated when it changes', async () => {
  const [first, second] = [`tdk_${'a'.repeat(32)}`, `tdk_${'b'.repeat(32)}`];
  const made = await Promise.all(
    [1, 2, 3].map(() => ensureApiKey({ name: 'environment', key: first, role: 'operator' })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await authenticateApiKey(first)).toMatchObject({ role: 'operator' });

  expect(await ensureApiKey({ name: 'environment', key: second, role: 'admin' })).toMatchObject({ active: true });
  expect(await authenticateApiKey(first)).toBeNull();
  expect(await authenticateApiKey(second)).toMatchObject({ role: 'admin' });
  // Revoked is for good.
  expect(await ensureApiKey({ name: 'environment', key: first, role: 'admin' })).toMatchObject({ active: false });
});

test('a weak key of the environment is refused', async () => {
  await expect(ensureApiKey({ name: 'weak', key: 'tdk_123', role: 'admin' })).rejects.toThrow('tdk_');
});
