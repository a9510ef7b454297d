import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';

import { localProgram, nodeBinary } from './node-program.ts';
import { signTestToken, startTestStack } from './testing.ts';
import type { TestStack } from './testing.ts';
import { ensureUser } from './users.ts';

const ann = { email: 'ann@example.com', password: 'a long password' };

let stack: TestStack;
let annId: string;
let admin: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack({
    env: { SUPABASE_LIMITS: '{"passwordsPerMinute":10,"statementMs":2000}' },
    beforeGateway: async ({ postgresUrl, adminUrl }) => {
      const sql = postgres(postgresUrl, { max: 1, onnotice: () => {} });
      annId = (await ensureUser({ adminUrl, ...ann })).id;
      await sql.unsafe(`
        create table public.notes (id int primary key, owner uuid, text text);
        alter table public.notes enable row level security;
        create policy own on public.notes to authenticated using (owner = auth.uid());
        insert into public.notes values (1, '${annId}', 'hers'), (2, gen_random_uuid(), 'not hers');
        create function public.nap() returns void language sql as 'select pg_sleep(20)';
        create table public.hidden (id int primary key);
        alter table public.hidden enable row level security;
        revoke all on public.hidden from anon;`);
      await sql.end();
    },
  });
  admin = postgres(stack.postgres.adminUrl, { max: 1, onnotice: () => {} });
}, 60_000);

afterAll(async () => {
  await admin.end();
  await stack.stop();
});

function client(key: string): SupabaseClient {
  return createClient(stack.gateway.url, key, { auth: { persistSession: false, autoRefreshToken: false } });
}

async function readNotes(supabase: SupabaseClient): Promise<number[]> {
  const { data, error } = await supabase.from('notes').select('id').order('id');
  if (error) throw new Error(error.message);
  return data.map((row) => Number(row.id));
}

test('a user signs in, refreshes, is recognized, and signs out', async () => {
  const supabase = client(stack.keys.publishableKey);
  const { data } = await supabase.auth.signInWithPassword(ann);
  expect(data.user?.id).toBe(annId);
  const refreshed = await supabase.auth.refreshSession();
  expect(refreshed.error).toBeNull();
  expect((await supabase.auth.getUser()).data.user?.email).toBe(ann.email);
  expect((await supabase.auth.signOut()).error).toBeNull();
});

test('a wrong password is refused', async () => {
  const { error } = await client(stack.keys.publishableKey).auth.signInWithPassword({ ...ann, password: 'wrong' });
  expect(error).toMatchObject({ code: 'invalid_credentials', status: 400 });
});

test("one person's password cannot be tried without end, and others still sign in", async () => {
  const guess = (email: string, key = stack.keys.publishableKey) =>
    client(key).auth.signInWithPassword({ email, password: 'guess' });
  // Whoever has no key uses up nobody's tries.
  for (let tries = 0; tries < 10; tries += 1) await guess('eve@example.com', 'sb_publishable_guess');
  for (let tries = 0; tries < 10; tries += 1) expect((await guess('eve@example.com')).error?.status).toBe(400);
  expect((await guess('Eve@Example.com')).error?.status).toBe(429);
  expect((await client(stack.keys.publishableKey).auth.signInWithPassword(ann)).error).toBeNull();
});

test('a new password ends the sessions of the old one, the same again does not', async () => {
  const bob = { email: 'bob@example.com', password: 'first password' };
  const { adminUrl } = stack.postgres;
  await ensureUser({ adminUrl, ...bob });
  const supabase = client(stack.keys.publishableKey);
  await supabase.auth.signInWithPassword(bob);
  await ensureUser({ adminUrl, ...bob });
  expect((await supabase.auth.refreshSession()).error).toBeNull();
  await ensureUser({ adminUrl, ...bob, password: 'second password' });
  expect((await supabase.auth.refreshSession()).error).toMatchObject({ status: 400 });
});

test('nobody signs up', async () => {
  const { error } = await client(stack.keys.publishableKey).auth.signUp({
    email: 'eve@example.com',
    password: 'a long password',
  });
  expect(error).toMatchObject({ status: 404 });
});

test.each([
  ['POST', 'otp'],
  ['POST', '%6Ftp'],
  ['POST', 'token/../otp'],
  ['POST', 'magiclink'],
  ['POST', 'recover'],
  ['POST', 'resend'],
  ['POST', 'verify'],
  ['GET', 'verify?type=magiclink&token=000000'],
  ['PUT', 'user'],
])('Auth has no other way in than a password: %s %s', async (method, path) => {
  const response = await fetch(`${stack.gateway.url}/auth/v1/${path}`, {
    method,
    headers: { apikey: stack.keys.publishableKey, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify({ email: 'eve@example.com', type: 'magiclink', token: '0' }) }),
  });
  expect(response.status).toBe(404);
  expect(await admin`select from auth.users where email = 'eve@example.com'`).toHaveLength(0);
});

test('REST shows each role what RLS allows', async () => {
  const supabase = client(stack.keys.publishableKey);
  expect(await readNotes(supabase)).toEqual([]);
  await supabase.auth.signInWithPassword(ann);
  expect(await readNotes(supabase)).toEqual([1]);
  expect(await readNotes(client(stack.keys.secretKey))).toEqual([1, 2]);
});

test('REST leaves what a migration has revoked', async () => {
  const hidden = async (key: string) => (await client(key).from('hidden').select('id')).error?.code;
  expect(await hidden(stack.keys.publishableKey)).toBe('42501');
  const [may] = await admin<{ delete: boolean; default: boolean }[]>`
    select has_table_privilege('authenticated', 'realtime.messages', 'delete') as delete,
      exists (select from pg_default_acl where defaclnamespace = 'realtime'::regnamespace) as default`;
  expect(may).toEqual({ delete: false, default: false });
});

test('REST ends a statement that takes too long', async () => {
  const { error } = await client(stack.keys.publishableKey).rpc('nap');
  expect(error?.message).toContain('statement timeout');
});

test('legacy role tokens stand for the keys', async () => {
  const anon = signTestToken(stack.keys.jwtSecret, { sub: '', role: 'anon' });
  const service = signTestToken(stack.keys.jwtSecret, { sub: '', role: 'service_role' });
  expect(await readNotes(client(anon))).toEqual([]);
  expect(await readNotes(client(service))).toEqual([1, 2]);
});

test('without a key, or with an unknown one, there is no answer but 401', async () => {
  const url = `${stack.gateway.url}/rest/v1/notes`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { apikey: 'sb_secret_guess' } })).status).toBe(401);
  expect(
    (await fetch(url, { headers: { apikey: signTestToken('x'.repeat(40), { sub: '', role: 'service_role' }) } }))
      .status,
  ).toBe(401);
});

test.each(['/rest/v1/notes', '/auth/v1/token', '/realtime/v1/api/broadcast'])(
  'a browser may call %s from any origin',
  async (path) => {
    const response = await fetch(stack.gateway.url + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://elsewhere',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apikey,authorization,content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toMatch(/apikey/i);
  },
);

test.each(['/rest/v1/notes', '/realtime/v1/api/broadcast'])(
  'a body that is too large for %s is refused',
  async (path) => {
    const body = JSON.stringify({ text: 'x'.repeat(1_100_000) });
    const response = await fetch(stack.gateway.url + path, {
      method: 'POST',
      body,
      headers: { apikey: stack.keys.secretKey, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(413);
  },
);

test('/health tells counts and no secrets, and other paths are 404', async () => {
  const response = await fetch(`${stack.gateway.url}/health`);
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ postgres: true, replication: true, sockets: 0 });
  expect((await fetch(`${stack.gateway.url}/`)).status).toBe(404);
});

test('the log holds no key, token or password', async () => {
  const supabase = client(stack.keys.publishableKey);
  const { data } = await supabase.auth.signInWithPassword(ann);
  const log = stack.gateway.logs();
  for (const secret of [...Object.values(stack.keys), ann.password, stack.adminPassword, data.session?.access_token]) {
    expect(log.includes(String(secret))).toBe(false);
  }
  expect(log).toContain('permission denied for table hidden');
  // One JSON object a line, and nothing between them.
  expect(
    log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).service),
  ).toEqual(expect.arrayContaining(['supabase']));
});

describe('a gateway that cannot start', () => {
  test('names a taken port on one line and ends with code 1', async () => {
    const { code, lines } = await runGateway({
      SUPABASE_PORT: String(stack.gateway.port),
      SUPABASE_ADMIN_URL: stack.postgres.adminUrl,
      SUPABASE_JWT_SECRET: stack.keys.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: stack.keys.publishableKey,
      SUPABASE_SECRET_KEY: stack.keys.secretKey,
    });
    expect(code).toBe(1);
    expect(lines.filter(({ level }) => level === 'error').map(({ msg }) => msg)).toEqual([
      `Port ${stack.gateway.port} for Supabase is in use by another program`,
    ]);
  });

  test('names what is wrong in its environment, without the values', async () => {
    const { code, lines } = await runGateway({ SUPABASE_PORT: 'many', SUPABASE_JWT_SECRET: 'short' });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    for (const name of ['SUPABASE_PORT', 'SUPABASE_ADMIN_URL', 'SUPABASE_JWT_SECRET', 'SUPABASE_PUBLISHABLE_KEY'])
      expect(lines[0]?.msg).toContain(name);
    expect(lines[0]?.msg).not.toContain('short');
  });

  async function runGateway(
    env: Record<string, string>,
  ): Promise<{ code: number; lines: { level: string; msg: string }[] }> {
    const child = spawn(nodeBinary(), [localProgram('main.ts')], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return {
      code,
      lines: output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  }
});
