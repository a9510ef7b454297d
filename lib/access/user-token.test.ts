import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { verifyUserToken } from './user-token.ts';

const secret = 'a-secret-of-at-least-32-characters!!';
const userId = '0193e8a0-0000-7000-8000-000000000001';
const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: JWTPayload = {}): JWTPayload => ({
  sub: userId,
  email: 'a@example.com',
  aud: 'authenticated',
  role: 'authenticated',
  exp: now() + 600,
  ...changes,
});
const hs256 = (payload: JWTPayload, key: string | Uint8Array = secret) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(typeof key === 'string' ? new TextEncoder().encode(key) : key);

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let foreign: Awaited<ReturnType<typeof generateKeyPair>>;
let publicPem: string;
let served = 0;
const server = createServer((_, response) => {
  served += 1;
  void exportJWK(keys.publicKey).then((jwk) =>
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: [{ ...jwk, kid: 'k1', alg: 'ES256', use: 'sig' }] })),
  );
});
const es256 = (payload: JWTPayload, signer = keys, kid = 'k1') =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(signer.privateKey);

/** A fresh copy of the module, because it reads the configuration once. */
async function verifier(env: { secret?: string; url?: string } = {}): Promise<typeof verifyUserToken> {
  jest.resetModules();
  process.env.SUPABASE_URL = env.url ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_test';
  process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/none';
  process.env.SUPABASE_JWT_SECRET = env.secret ?? '';
  return (await import('./user-token.ts')).verifyUserToken;
}

beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  foreign = await generateKeyPair('ES256');
  publicPem = await exportSPKI(keys.publicKey);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('with a shared secret', () => {
  test('reads a token of lite or of an older project', async () => {
    const token = await hs256(claims());
    expect(await (await verifier({ secret }))(token)).toEqual({
      userId,
      email: 'a@example.com',
      expiresAt: expect.any(Number),
    });
  });

  test.each<[string, () => Promise<string> | string]>([
    ['expired', () => hs256(claims({ exp: now() - 1 }))],
    ['without an end', () => hs256(claims({ exp: undefined as unknown as number }))],
    ['not valid yet', () => hs256(claims({ nbf: now() + 600 }))],
    ['of another secret', () => hs256(claims(), 'another-secret-of-at-least-32-chars!')],
    ['for another audience', () => hs256(claims({ aud: 'anon' }))],
    ['without an audience', () => hs256(claims({ aud: undefined as unknown as string }))],
    ['of the service role', () => hs256(claims({ role: 'service_role' }))],
    ['of an anonymous user', () => hs256(claims({ is_anonymous: true }))],
    ['without a user', () => hs256(claims({ sub: undefined as unknown as string }))],
    ['with a user id that is none', () => hs256(claims({ sub: "x' or 1=1" }))],
    [
      'without signature (alg none)',
      () => new UnsecuredJWT(claims()).setAudience('authenticated').setExpirationTime('1h').encode(),
    ],
    ['signed HS256 with the public key as secret', () => hs256(claims(), new TextEncoder().encode(publicPem))],
    [
      'with HS512',
      () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS512' }).sign(new TextEncoder().encode(secret)),
    ],
    [
      'with a changed payload',
      async () => {
        const [head, , signature] = (await hs256(claims())).split('.');
        return `${head}.${Buffer.from(JSON.stringify(claims({ sub: '0193e8a0-0000-7000-8000-0000000000ff' }))).toString('base64url')}.${signature}`;
      },
    ],
    ['that is no token', () => 'x'],
    ['that is empty', () => ''],
    ['of three dots', () => '...'],
  ])('refuses one %s', async (_, make) => {
    expect(await (await verifier({ secret }))(await make())).toBeNull();
  });
});

describe('with the keys of the project', () => {
  test('reads a token of a hosted project, and asks for the keys once', async () => {
    const verify = await verifier();
    served = 0;
    expect(await verify(await es256(claims()))).toMatchObject({ userId });
    expect(await verify(await es256(claims()))).toMatchObject({ userId });
    expect(served).toBe(1);
  });

  test.each<[string, () => Promise<string>]>([
    ['of another key with the same name', () => es256(claims(), foreign)],
    ['of an unknown key', () => es256(claims(), foreign, 'k2')],
    ['expired', () => es256(claims({ exp: now() - 1 }))],
    ['for another audience', () => es256(claims({ aud: 'anon' }))],
    ['HS256 with the public key as secret', () => hs256(claims(), new TextEncoder().encode(publicPem))],
    ['HS256 with an empty secret', () => hs256(claims(), '\u0000')],
  ])('refuses one %s', async (_, make) => {
    expect(await (await verifier())(await make())).toBeNull();
  });

  test('both kinds are read beside each other', async () => {
    const verify = await verifier({ secret });
    expect(await verify(await es256(claims()))).toMatchObject({ userId });
    expect(await verify(await hs256(claims()))).toMatchObject({ userId });
  });

  test('when the keys cannot be fetched it says so, instead of signing people out', async () => {
    const verify = await verifier({ url: 'http://127.0.0.1:9' });
    await expect(es256(claims()).then(verify)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
