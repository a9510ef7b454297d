import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSecrets } from './secrets.ts';

const claims = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

test('secrets are new each time, long, safe in a URL and of the shapes their readers demand', () => {
  const [one, two] = [createSecrets(), createSecrets()];
  for (const [name, value] of Object.entries(one)) {
    expect([name, value]).toEqual([name, expect.stringMatching(/^[\w.-]{16,}$/)]);
    expect(value).not.toBe(two[name]);
  }
  expect(one.REALTIME_ENCRYPTION_KEY).toHaveLength(16);
  expect(one.REALTIME_SECRET_KEY_BASE).toHaveLength(64);
  expect(one.TASKDECK_API_KEY).toMatch(/^tdk_[A-Za-z0-9_-]{32,}$/);
});

test('the API keys are signed role tokens for ten years', () => {
  const now = Date.UTC(2026, 10, 21);
  const {
    SUPABASE_JWT_SECRET: secret = '',
    SUPABASE_PUBLISHABLE_KEY: publishable = '',
    SUPABASE_SECRET_KEY: key = '',
  } = createSecrets(now);
  expect([claims(publishable).role, claims(key).role]).toEqual(['anon', 'service_role']);
  expect(claims(key).exp - now / 1_000).toBe(315_360_000);
  for (const jwt of [publishable, key]) {
    const [head, body, signature] = jwt.split('.');
    expect(createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')).toBe(signature);
  }
});

describe('npm run secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taskdeck-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = () => spawnSync(process.execPath, [resolve('scripts/secrets.ts')], { cwd: folder, encoding: 'utf8' });

  test('writes .env for its owner alone, shows no secret, and never overwrites', () => {
    const first = run();
    expect(first.status).toBe(0);
    const text = readFileSync(join(folder, '.env'), 'utf8');
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    const values = [...text.matchAll(/^\w+=(.+)$/gm)]
      .map(([, value]) => value ?? '')
      .filter((value) => !value.includes('@'));
    expect(values).toHaveLength(Object.keys(createSecrets()).length);
    for (const value of values) expect(first.stdout + first.stderr).not.toContain(value);

    const second = run();
    expect(second.status).toBe(1);
    expect(second.stderr).toContain('.env is there already');
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(text);
  });
});
