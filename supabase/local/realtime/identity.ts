import { createHash, timingSafeEqual } from 'node:crypto';

import { errors, jwtVerify } from 'jose';

const ROLES = ['anon', 'authenticated', 'service_role'] as const;
export type Role = (typeof ROLES)[number];

/** Who speaks: the database role and claims that RLS sees. `expiresAt` in epoch milliseconds, null for an API key. */
export type Identity = {
  role: Role;
  sub: string;
  claims: Record<string, unknown>;
  expiresAt: number | null;
  token: string;
};

/** A token or key that is refused. `code` is Realtime's name for the cause. */
export class IdentityError extends Error {
  override name = 'IdentityError';
  readonly code: 'InvalidJWTToken' | 'MalformedJWT' | 'JwtSignatureError';

  constructor(code: IdentityError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** The secrets against which keys and tokens are checked. */
export type IdentityKeys = { jwtSecret: string; publishableKey: string; secretKey: string };

/** Checks API keys and user tokens. */
export type Identities = {
  /** The identity of `sb_publishable_…`, `sb_secret_…` or a role JWT. @throws IdentityError */
  fromApiKey(key: string): Promise<Identity>;
  /** The identity of a user's JWT. @throws IdentityError */
  fromToken(token: string): Promise<Identity>;
};

/** True for an API key in the new shape, which is not a JWT and never stands for a user. */
export function isOpaqueKey(token: string): boolean {
  return token.startsWith('sb_');
}

export function createIdentities(keys: IdentityKeys): Identities {
  const secret = new TextEncoder().encode(keys.jwtSecret);

  async function fromToken(token: string): Promise<Identity> {
    const claims = await verify(token, secret);
    const role = ROLES.find((name) => name === claims.role);
    if (!role || typeof claims.exp !== 'number') {
      throw new IdentityError('InvalidJWTToken', 'Fields `role` and `exp` are required in JWT');
    }
    return { role, sub: typeof claims.sub === 'string' ? claims.sub : '', claims, expiresAt: claims.exp * 1000, token };
  }

  async function fromApiKey(key: string): Promise<Identity> {
    if (!isOpaqueKey(key)) return fromToken(key);
    if (isEqual(key, keys.publishableKey)) return keyIdentity('anon', key);
    if (isEqual(key, keys.secretKey)) return keyIdentity('service_role', key);
    throw new IdentityError('MalformedJWT', 'The token provided is not a valid JWT');
  }

  return { fromApiKey, fromToken };
}

function keyIdentity(role: Role, token: string): Identity {
  return { role, sub: '', claims: { role }, expiresAt: null, token };
}

async function verify(token: string, secret: Uint8Array): Promise<Record<string, unknown>> {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      const seconds = Math.max(0, Math.floor(Date.now() / 1000 - Number(error.payload.exp)));
      throw new IdentityError('InvalidJWTToken', `Token has expired ${seconds} seconds ago`);
    }
    if (error instanceof errors.JWSSignatureVerificationFailed)
      throw new IdentityError('JwtSignatureError', 'Failed to validate JWT signature');
    throw new IdentityError('MalformedJWT', 'The token provided is not a valid JWT');
  }
}

/** Constant time for any two strings: digests have one length. */
function isEqual(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
