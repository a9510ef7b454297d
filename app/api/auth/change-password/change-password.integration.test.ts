import { ensureMember, readSession } from '#lib/access/index';
import type { Cookie, Session } from '#lib/access/index';
import { listAudit } from '#lib/audit/index';
import { closeEngine } from '#lib/queues/index';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import type { TestDatabase } from '../../../../scripts/testing/database.ts';
import { freePort, startTestGateway } from '../../../../supabase/local/testing.ts';
import type { TestGateway } from '../../../../supabase/local/testing.ts';
import { ensureUser } from '../../../../supabase/local/users.ts';
import * as queues from '../../queues/route.ts';
import { call, cookieHeader, origin, person, program, read } from '../../testing.ts';
import type { Caller } from '../../testing.ts';
import * as signIn from '../sign-in/route.ts';
import * as changePassword from './route.ts';

// Against the embedded Auth itself: it keeps the passwords and the sessions.

const old = 'a long password';
const next = 'another long password';
const page = { origin, 'sec-fetch-site': 'same-origin' };

let database: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  database = await testDatabase();
  gateway = await startTestGateway({
    SUPABASE_ADMIN_URL: database.adminUrl,
    SUPABASE_PORT: String(await freePort()),
    SUPABASE_JWT_SECRET: process.env.SUPABASE_JWT_SECRET ?? '',
    SUPABASE_PUBLISHABLE_KEY: process.env.SUPABASE_PUBLISHABLE_KEY ?? '',
    SUPABASE_SECRET_KEY: process.env.SUPABASE_SECRET_KEY ?? '',
  });
  process.env.SUPABASE_URL = gateway.url;
}, 60_000);
beforeEach(async () => {
  await database.sql`delete from sign_in_attempts`;
  await database.sql`delete from audit_log`;
});
afterAll(async () => {
  await gateway.stop();
  await closeEngine();
  await database.drop();
});

const enter = (email: string, password: string) =>
  call(signIn.POST, '/api/auth/sign-in', { method: 'POST', caller: page, json: { email, password } });

/** The cookies that a browser holds after the answer: of two with one name the last. */
function cookiesOf(response: Response): Cookie[] {
  const pairs = response.headers.getSetCookie().map((line): [string, string] => {
    const [pair = ''] = line.split(';');
    return [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  });
  return [...new Map(pairs)].filter(([, value]) => value !== '').map(([name, value]) => ({ name, value }));
}

async function sessionOf(response: Response): Promise<Session> {
  const session = await readSession(cookiesOf(response));
  if (!session) throw new Error(`no session came with the answer ${response.status}: ${await response.text()}`);
  return session;
}

const browserWith = (session: Session): Caller => ({ ...page, cookie: cookieHeader(session) });

/** Somebody new, as a viewer: the least role. */
async function newcomer(): Promise<{ id: string; email: string }> {
  const email = `viewer-${crypto.randomUUID()}@example.com`;
  const { id } = await ensureUser({ adminUrl: database.adminUrl, email, password: old });
  await ensureMember({ userId: id, email, role: 'viewer' });
  return { id, email };
}

const change = (caller: Caller, currentPassword: string, newPassword: string) =>
  call(changePassword.POST, '/api/auth/change-password', {
    method: 'POST',
    caller,
    json: { currentPassword, newPassword },
  });

const sessionsOf = async (id: string) =>
  (await database.sql<{ count: number }[]>`select count(*)::int as count from auth.sessions where user_id = ${id}`)[0]
    ?.count;

test('who knows the current password gets another one, stays signed in, and is nowhere else', async () => {
  const { id, email } = await newcomer();
  const here = browserWith(await sessionOf(await enter(email, old)));
  await enter(email, old);
  expect(await sessionsOf(id)).toBe(2);

  const changed = await change(here, old, next);
  expect(changed.status).toBe(204);
  expect(await sessionsOf(id)).toBe(1);
  const caller = browserWith(await sessionOf(changed));
  expect((await call(queues.GET, '/api/queues', { caller })).status).toBe(200);
  expect((await enter(email, old)).status).toBe(401);
  expect((await enter(email, next)).status).toBe(200);
});

test('it stands in the audit log, without the passwords', async () => {
  const { id, email } = await newcomer();
  await change(browserWith(await sessionOf(await enter(email, old))), old, next);
  const { entries } = await listAudit();
  expect(entries).toMatchObject([{ action: 'member.password', actor: `user:${id}`, subject: `member:${id}` }]);
  expect(JSON.stringify(entries)).not.toMatch(/long password/);
});

test('a wrong current password changes nothing, and counts like a failed sign-in', async () => {
  const { id, email } = await newcomer();
  const here = browserWith(await sessionOf(await enter(email, old)));
  for (let i = 0; i < 5; i += 1)
    expect(await read(change(here, 'wrong', next))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/currentPassword' }] },
    });
  expect(await read(change(here, old, next))).toMatchObject({ status: 429 });
  expect((await enter(email, old)).status).toBe(429);
  expect(await sessionsOf(id)).toBe(1);
  expect((await listAudit()).entries).toEqual([]);
});

test.each([
  [old, 'short', '/newPassword'],
  [old, 'x'.repeat(73), '/newPassword'],
  [old, old, '/newPassword'],
  ['', next, '/currentPassword'],
])('from "%s" to "%s" is refused at its field', async (currentPassword, newPassword, pointer) => {
  const here = await person(database, 'viewer');
  expect(await read(change(here, currentPassword, newPassword))).toMatchObject({
    status: 422,
    body: { errors: [{ pointer }] },
  });
});

test('an API key has no password', async () => {
  expect(await read(change(await program('admin'), old, next))).toMatchObject({ status: 403 });
});

test('a session that was renewed on the way does not replace the new one', async () => {
  const { id, email } = await newcomer();
  const ending = { ...(await sessionOf(await enter(email, old))), expiresAt: Math.floor(Date.now() / 1_000) + 10 };
  const changed = await change(browserWith(ending), old, next);
  const [session] = await database.sql<{ id: string }[]>`select id from auth.sessions where user_id = ${id}`;
  const { accessToken } = await sessionOf(changed);
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ session_id: session?.id });
});
