import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listAudit } from '#lib/audit/index';
import type { ApiKeyInfo, MemberInfo } from '#lib/access/index';
import { closeEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { ensureUser } from '../../supabase/local/users.ts';
import * as definition from './definitions/[name]/route.ts';
import type { DeclaredHandler } from './handle.ts';
import * as key from './keys/[id]/route.ts';
import * as keys from './keys/route.ts';
import * as member from './members/[id]/route.ts';
import * as members from './members/route.ts';
import * as queues from './queues/route.ts';
import { call, person, program, read } from './testing.ts';
import type { Caller } from './testing.ts';

/** Supabase Auth as the test wants it: what its admin API answers, or that it has none. */
let admin: ((method: string, path: string, body: Record<string, unknown>) => [number, unknown]) | undefined;
const auth = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const [status, body] = admin?.(request.method ?? '', request.url ?? '', JSON.parse(text)) ?? [404, { message: '' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

let database: TestDatabase;
let someAdmin: Caller;
beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => auth.listen(0, '127.0.0.1', resolve));
  process.env.SUPABASE_URL = `http://127.0.0.1:${(auth.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  admin = undefined;
  await database.sql`delete from members`;
  await database.sql`delete from audit_log`;
  someAdmin = await person(database, 'admin');
});
afterAll(async () => {
  auth.close();
  await closeEngine();
  await database.drop();
});

const send = (handler: DeclaredHandler, method: string, json?: unknown, params: Record<string, string> = {}) =>
  read(call(handler, '/api', { method, caller: someAdmin, ...(json === undefined ? {} : { json }), params }));

const everybody = async () => (await send(members.GET, 'GET')).body as { members: MemberInfo[] };
const newAddress = () => `m-${crypto.randomUUID()}@example.com`;
const actions = async () => (await listAudit()).entries.map(({ action }) => action);

/** True when Auth's tables say that this is the password. */
async function signsIn(email: string, password: unknown): Promise<boolean> {
  const [user] = await database.sql<{ ok: boolean }[]>`
    select encrypted_password = extensions.crypt(${String(password)}, encrypted_password) as ok
    from auth.users where email = ${email}`;
  return user?.ok ?? false;
}

describe('members', () => {
  test('somebody new gets an account and a password, answered once', async () => {
    const email = newAddress();
    const made = await send(members.POST, 'POST', { email: email.toUpperCase(), role: 'operator' });
    expect(made).toMatchObject({ status: 201, body: { member: { email, role: 'operator' } } });
    expect(await signsIn(email, made.body.password)).toBe(true);
    expect((await everybody()).members).toContainEqual(expect.objectContaining({ email, role: 'operator' }));
    const { entries } = await listAudit({ action: 'member.invite' });
    expect(entries).toMatchObject([{ details: { email, role: 'operator' } }]);
    expect(JSON.stringify(entries)).not.toContain(String(made.body.password));
  });

  test('a given password is taken and not answered', async () => {
    const email = newAddress();
    const made = await send(members.POST, 'POST', { email, role: 'viewer', password: 'correct horse' });
    expect(made.body.password).toBeNull();
    expect(await signsIn(email, 'correct horse')).toBe(true);
  });

  test('where Auth has an admin API the account is made by it, with the secret key', async () => {
    const email = newAddress();
    const { id } = await ensureUser({ adminUrl: database.adminUrl, email: newAddress(), password: 'x' });
    const asked: unknown[] = [];
    admin = (method, path, body) => {
      asked.push([method, path, body]);
      return [200, { id }];
    };
    const made = await send(members.POST, 'POST', { email, role: 'viewer' });
    expect(made).toMatchObject({ status: 201, body: { member: { id, email } } });
    expect(asked).toEqual([
      ['POST', '/auth/v1/admin/users', { email, password: made.body.password, email_confirm: true }],
    ]);
  });

  test('what Auth refuses is told in its words, and nobody becomes a member', async () => {
    admin = () => [422, { error_code: 'weak_password', msg: 'Password is known to be weak' }];
    const made = await send(members.POST, 'POST', { email: newAddress(), role: 'viewer', password: 'password' });
    expect(made).toMatchObject({ status: 409, body: { detail: expect.stringContaining('known to be weak') } });
    expect((await everybody()).members).toHaveLength(1);
  });

  test('an account that is there keeps its password', async () => {
    const email = newAddress();
    await ensureUser({ adminUrl: database.adminUrl, email, password: 'their own' });
    expect(await send(members.POST, 'POST', { email, role: 'viewer', password: 'another one' })).toMatchObject({
      status: 409,
    });
    expect(await send(members.POST, 'POST', { email, role: 'viewer' })).toMatchObject({
      status: 201,
      body: { password: null },
    });
    expect(await signsIn(email, 'their own')).toBe(true);
    expect(await send(members.POST, 'POST', { email, role: 'admin' })).toMatchObject({ status: 409 });
  });

  test.each([
    [{ email: 'nobody', role: 'viewer' }, '/email'],
    [{ email: 'a@example.com', role: 'owner' }, '/role'],
    [{ email: 'a@example.com', role: 'viewer', password: 'short' }, '/password'],
    [{ email: 'a@example.com', role: 'viewer', id: 'x' }, '/id'],
  ])('%j is refused at its field', async (json, pointer) => {
    const refused = await send(members.POST, 'POST', json);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test('another role counts from the next request on, and is written down', async () => {
    const { body } = await send(members.POST, 'POST', { email: newAddress(), role: 'viewer' });
    const { id } = body.member as MemberInfo;
    expect(await send(member.PATCH, 'PATCH', { role: 'admin' }, { id })).toMatchObject({
      status: 200,
      body: { member: { role: 'admin' } },
    });
    expect((await listAudit({ action: 'member.role' })).entries).toMatchObject([
      { subject: `member:${id}`, details: { before: { role: 'viewer' }, after: { role: 'admin' } } },
    ]);
  });

  test('a new password ends the old one', async () => {
    const email = newAddress();
    const { body } = await send(members.POST, 'POST', { email, role: 'viewer', password: 'the first one' });
    const { id } = body.member as MemberInfo;
    const changed = await send(member.PATCH, 'PATCH', { newPassword: true }, { id });
    expect(await signsIn(email, 'the first one')).toBe(false);
    expect(await signsIn(email, changed.body.password)).toBe(true);
    expect(await actions()).toContain('member.password');
  });

  test('nobody lowers or removes themselves', async () => {
    const { id } = await own();
    await person(database, 'admin');
    expect(await send(member.PATCH, 'PATCH', { role: 'viewer' }, { id })).toMatchObject({ status: 409 });
    expect(await send(member.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 409 });
    expect(await actions()).toEqual([]);
  });

  test('the last admin stays, also when a program asks', async () => {
    const { id } = await own();
    someAdmin = await program('admin');
    expect(await send(member.PATCH, 'PATCH', { role: 'operator' }, { id })).toMatchObject({ status: 409 });
    expect(await send(member.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 409 });
  });

  test('two who lower each other at once leave one admin', async () => {
    await person(database, 'admin');
    const ids = (await everybody()).members.map(({ id }) => id);
    someAdmin = await program('admin');
    const answers = await Promise.all(ids.map((id) => send(member.PATCH, 'PATCH', { role: 'viewer' }, { id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('a membership ends with the next request', async () => {
    const gone = await person(database, 'operator');
    expect((await call(queues.GET, '/api/queues', { caller: gone })).status).toBe(200);
    const { id } = (await everybody()).members.find(({ role }) => role === 'operator') ?? { id: '' };
    expect(await send(member.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 204 });
    expect((await call(queues.GET, '/api/queues', { caller: gone })).status).toBe(403);
    expect(await send(member.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 404 });
    expect(await actions()).toEqual(['member.remove']);
  });

  const own = async () => (await everybody()).members.find(({ role }) => role === 'admin') ?? { id: '' };
});

describe('API keys', () => {
  const list = async () => ((await send(keys.GET, 'GET')).body as { keys: ApiKeyInfo[] }).keys;

  test('a key is answered once, and listed without anything to use it by', async () => {
    const wanted = { name: 'Nightly', role: 'operator', rateLimit: 60, expiresAt: '2099-01-01T00:00:00Z' };
    const made = await send(keys.POST, 'POST', wanted);
    expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^tdk_/) } });
    const listed = (await list()).find(({ id }) => id === made.body.id);
    expect(listed).toMatchObject({
      name: 'Nightly',
      role: 'operator',
      rateLimit: 60,
      expiresAt: '2099-01-01T00:00:00.000Z',
      lastUsedAt: null,
      createdBy: expect.stringContaining('admin-'),
    });
    const everything = JSON.stringify([await list(), (await listAudit()).entries]);
    expect(everything).not.toContain(String(made.body.key).slice(10));
  });

  test('a revoked key is refused at once', async () => {
    const { body } = await send(keys.POST, 'POST', { name: 'gone', role: 'viewer' });
    const caller = { authorization: `Bearer ${String(body.key)}` };
    const id = String(body.id);
    expect((await call(queues.GET, '/api/queues', { caller })).status).toBe(200);
    expect(await send(key.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 204 });
    expect((await call(queues.GET, '/api/queues', { caller })).status).toBe(401);
    expect(await send(key.DELETE, 'DELETE', undefined, { id })).toMatchObject({ status: 409 });
    expect(await actions()).toEqual(['key.revoke', 'key.create']);
    expect((await list()).at(-1)).toMatchObject({ id, revokedAt: expect.any(String) });
  });

  test.each([
    [{ name: ' ', role: 'viewer' }, '/name'],
    [{ name: 'x', role: 'root' }, '/role'],
    [{ name: 'x', role: 'viewer', rateLimit: 0 }, '/rateLimit'],
    [{ name: 'x', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', role: 'viewer', key: 'tdk_mine' }, '/key'],
  ])('%j is refused at its field', async (json, pointer) => {
    expect(await send(keys.POST, 'POST', json)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});

test('a retention is set by an admin, and a wrong one refused at its field', async () => {
  await database.sql`
    insert into task_definitions (name, title, queue, payload_schema, retry, timeout_ms)
    values ('report', 'Report', 'default', '{}', '{"attempts":1,"backoff":{"type":"fixed","delay":0}}', 1000)`;
  const set = (retentionMs: unknown) => send(definition.PATCH, 'PATCH', { retentionMs }, { name: 'report' });
  expect(await set(86_400_000)).toMatchObject({ status: 200, body: { retentionMs: 86_400_000 } });
  expect(await set(null)).toMatchObject({ status: 200, body: { retentionMs: null } });
  expect(await set(5)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/retentionMs' }] } });
  expect(await send(definition.PATCH, 'PATCH', { retentionMs: null }, { name: 'nothing' })).toMatchObject({
    status: 404,
  });
});
