import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { ensureUser } from '../../supabase/local/users.ts';
import { ensureMember, memberOf } from './members.ts';
import { forgetSignIns, limitSignIn } from './sign-in-limit.ts';
import { signIn, signOut } from './sign-in.ts';

// Supabase Auth's two answers; the real one is signed in to by the end-to-end tests.
const passwords = new Map<string, { userId: string; password: string }>();
const ended: string[] = [];
let down = false;
const auth = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => void answer(Buffer.concat(chunks).toString()));
  const answer = async (body: string) => {
    const send = (status: number, json: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (down) return send(503, {});
    if (request.url?.startsWith('/auth/v1/logout')) {
      ended.push(request.url);
      return send(200, {});
    }
    const { email, password } = JSON.parse(body) as { email: string; password: string };
    const user = passwords.get(email);
    if (!user || user.password !== password) return send(400, { error_code: 'invalid_credentials' });
    const token = await new SignJWT({ role: 'authenticated', email })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.userId)
      .setAudience('authenticated')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(process.env.SUPABASE_JWT_SECRET));
    return send(200, { access_token: token, refresh_token: 'r', expires_in: 3600 });
  };
});

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => auth.listen(0, '127.0.0.1', resolve));
  process.env.SUPABASE_URL = `http://127.0.0.1:${(auth.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => auth.close(resolve));
  await database.drop();
});
beforeEach(async () => {
  down = false;
  await database.sql`delete from sign_in_attempts`;
});

const count = async () =>
  (await database.sql<{ count: number }[]>`select count(*) as count from sign_in_attempts`)[0]?.count;

async function user(role: 'admin' | null): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`;
  const { id: userId } = await ensureUser({ adminUrl: database.adminUrl, email, password: 'right password' });
  passwords.set(email, { userId, password: 'right password' });
  if (role) await ensureMember({ userId, email, role });
  return email;
}

test('a member is signed in, and the attempt does not count', async () => {
  const email = await user('admin');
  const { session, member } = await signIn({ email, password: 'right password' }, '10.0.0.1');
  expect(member).toMatchObject({ kind: 'user', email, role: 'admin' });
  expect(session.expiresAt).toBeGreaterThan(Date.now() / 1000 + 3_000);
  expect(await count()).toBe(0);
});

test('a wrong password and an unknown address are told apart by nothing', async () => {
  const known = await signIn({ email: await user('admin'), password: 'wrong' }, '10.0.0.1').catch(
    (error: unknown) => error,
  );
  const unknown = await signIn({ email: 'nobody@example.com', password: 'wrong' }, '10.0.0.2').catch(
    (error: unknown) => error,
  );
  expect(known).toMatchObject({ code: 'unauthenticated' });
  expect(unknown).toMatchObject({ code: 'unauthenticated', message: (known as Error).message });
});

test('an account without membership does not get in, and its session is ended', async () => {
  ended.length = 0;
  await expect(signIn({ email: await user(null), password: 'right password' }, '10.0.0.1')).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(ended).toEqual(['/auth/v1/logout?scope=local']);
});

test('while Auth is away it says so, and signing out still works', async () => {
  down = true;
  await expect(signIn({ email: 'a@example.com', password: 'x' }, '10.0.0.1')).rejects.toMatchObject({
    code: 'unavailable',
  });
  await expect(signOut({ accessToken: 'x', refreshToken: 'y', expiresAt: 0 })).resolves.toBeUndefined();
});

test('after 5 failures the right password waits too, for this address from this place only', async () => {
  const email = await user('admin');
  for (let i = 0; i < 5; i += 1)
    await expect(signIn({ email, password: 'wrong' }, '10.0.0.1')).rejects.toMatchObject({ code: 'unauthenticated' });
  const refused = { code: 'rate_limited', retryAfterSeconds: expect.any(Number) };
  await expect(signIn({ email, password: 'right password' }, '10.0.0.1')).rejects.toMatchObject(refused);
  await expect(
    signIn({ email: ` ${email.toUpperCase()} `, password: 'right password' }, '10.0.0.1'),
  ).rejects.toMatchObject(refused);
  await expect(signIn({ email, password: 'right password' }, '10.0.0.2')).resolves.toMatchObject({ member: { email } });
});

test('20 attempts from one place are the end, whatever the addresses', async () => {
  for (let i = 0; i < 20; i += 1) await limitSignIn({ email: `${i}@example.com`, ip: '10.0.0.3' });
  await expect(limitSignIn({ email: 'x@example.com', ip: '10.0.0.3' })).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(limitSignIn({ email: 'x@example.com', ip: '10.0.0.4' })).resolves.toBeDefined();
});

test('30 attempts on one address are the end, whatever the places', async () => {
  for (let i = 0; i < 30; i += 1) await limitSignIn({ email: 'victim@example.com', ip: `10.0.1.${i}` });
  await expect(limitSignIn({ email: 'victim@example.com', ip: '10.0.2.1' })).rejects.toMatchObject({
    code: 'rate_limited',
  });
});

test('many at once do not slip past', async () => {
  const all = await Promise.allSettled(
    Array.from({ length: 40 }, () => limitSignIn({ email: 'a@example.com', ip: '10.0.0.5' })),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('refused attempts leave no rows, so that a flood does not fill the table', async () => {
  await Promise.allSettled(Array.from({ length: 60 }, () => limitSignIn({ email: 'a@example.com', ip: '10.0.0.6' })));
  expect(await count()).toBe(15);
});

test('after a minute there is room again, and what is older is forgotten', async () => {
  for (let i = 0; i < 5; i += 1) await limitSignIn({ email: 'a@example.com', ip: '10.0.0.7' });
  await database.sql`update sign_in_attempts set at = at - interval '61 seconds'`;
  await expect(limitSignIn({ email: 'a@example.com', ip: '10.0.0.7' })).resolves.toBeDefined();
  await forgetSignIns();
  expect(await count()).toBe(3);
});

test('no address stands in the table', async () => {
  await limitSignIn({ email: 'private@example.com', ip: '10.0.0.8' });
  const rows = await database.sql<{ subject: string }[]>`select subject from sign_in_attempts`;
  expect(JSON.stringify(rows)).not.toMatch(/private|10\.0\.0\.8/);
});

test('a member gets another role, and stops being one with the account', async () => {
  const { id: userId } = await ensureUser({ adminUrl: database.adminUrl, email: 'b@example.com', password: 'x' });
  expect(await memberOf(userId)).toBeNull();
  await ensureMember({ userId, email: 'b@example.com', role: 'viewer' });
  await ensureMember({ userId, email: 'b@example.com', role: 'operator' });
  expect(await memberOf(userId)).toEqual({ kind: 'user', id: userId, email: 'b@example.com', role: 'operator' });
  await database.sql`delete from auth.users where id = ${userId}`;
  expect(await memberOf(userId)).toBeNull();
});
