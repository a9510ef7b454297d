import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { config } from '#lib/config';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';

/** Who a token of Supabase Auth says one is; `expiresAt` in seconds since 1970. */
export type UserClaims = { userId: string; email: string; expiresAt: number };

const claimsSchema = z
  .object({
    sub: z.uuid(),
    email: z.string().min(1),
    exp: z.number(),
    role: z.literal('authenticated'),
    // An anonymous sign-in has the role too, but nobody invited it.
    is_anonymous: z.literal(false).optional(),
  })
  .transform(({ sub, email, exp }): UserClaims => ({ userId: sub, email, expiresAt: exp }));

const asymmetric = ['ES256', 'RS256', 'EdDSA'];
const expected: JWTVerifyOptions = { audience: 'authenticated', requiredClaims: ['exp', 'sub'] };

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

function keySet(): ReturnType<typeof createRemoteJWKSet> {
  const url = `${config().SUPABASE_URL.replace(/\/+$/, '')}/auth/v1/.well-known/jwks.json`;
  const known = keySets.get(url) ?? createRemoteJWKSet(new URL(url), { timeoutDuration: 3_000 });
  keySets.set(url, known);
  return known;
}

/**
 * Checks an access token of Supabase Auth: signature, expiry, audience, role.
 *
 * The token's algorithm only chooses between two separate ways, each with its own kind of key: a shared secret never
 * checks an asymmetric signature, and a public key never serves as a secret.
 *
 * @returns null for a token that is not valid.
 * @throws TaskdeckError `unavailable` when the project's keys cannot be fetched.
 */
export async function verifyUserToken(jwt: string): Promise<UserClaims | null> {
  try {
    const payload = await verifySignature(jwt);
    return payload ? (claimsSchema.safeParse(payload).data ?? null) : null;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw new TaskdeckError('unavailable', 'The keys of Supabase Auth cannot be fetched now.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  }
}

async function verifySignature(jwt: string): Promise<JWTPayload | null> {
  const { alg } = decodeProtectedHeader(jwt);
  if (alg === 'HS256') {
    const secret = config().SUPABASE_JWT_SECRET;
    if (!secret) {
      log.warn('a user token is signed with HS256, but SUPABASE_JWT_SECRET is not set');
      return null;
    }
    return (await jwtVerify(jwt, new TextEncoder().encode(secret), { ...expected, algorithms: ['HS256'] })).payload;
  }
  if (!alg || !asymmetric.includes(alg)) return null;
  return (await jwtVerify(jwt, keySet(), { ...expected, algorithms: asymmetric })).payload;
}

/** The token is at fault, not the fetching of keys. */
function isRefusal(error: unknown): boolean {
  // decodeProtectedHeader throws a TypeError for what is no token at all; fetch throws one when it fails.
  if (error instanceof TypeError) return error.message.startsWith('Invalid Token');
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}
