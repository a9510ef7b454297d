import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { db, type Queryable } from '#lib/db/index';
import type { Actor, Role } from './types.ts';

const keyFormat = /^tdk_[A-Za-z0-9_-]{32,256}$/;
/** Enough to tell keys apart in a list, far too little to guess one by. */
const prefixLength = 10;

// The keys have 256 bits of entropy, so a slow hash would protect nothing, and equality of the hash leaks nothing.
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

type NewKey = {
  name: string;
  role: Role;
  createdBy?: string | undefined;
  expiresAt?: Date | undefined;
  /** Submits a minute, 1 to 1,000,000; without it no limit. */
  rateLimit?: number | undefined;
};

/** Makes an API key. `key` is shown this once: only its hash is kept. */
export async function createApiKey(options: NewKey, sql: Queryable = db()): Promise<{ id: string; key: string }> {
  const { name, role, createdBy, expiresAt, rateLimit } = options;
  const id = uuidv7();
  const key = `tdk_${randomBytes(32).toString('base64url')}`;
  await sql`
    insert into api_keys (id, name, prefix, hash, role, created_by, expires_at, rate_limit)
    values (${id}, ${name}, ${key.slice(0, prefixLength)}, ${hashOf(key)}, ${role}, ${createdBy ?? null}, ${expiresAt ?? null},
      ${rateLimit ?? null})`;
  return { id, key };
}

/**
 * Makes a key that the environment prescribes valid, whenever and however often it is called. A former key of this
 * name is revoked, so that changing the environment rotates the key. A key once revoked stays so: `active` is false.
 *
 * @throws Error when the key is not of the form that `authenticateApiKey` accepts.
 */
export async function ensureApiKey({
  name,
  key,
  role,
}: {
  name: string;
  key: string;
  role: Role;
}): Promise<{ id: string; active: boolean }> {
  if (!keyFormat.test(key)) throw new Error(`The API key "${name}" does not start with tdk_ or is too short.`);
  const [row] = await db().begin(async (tx) => {
    await tx`
      update api_keys set revoked_at = now()
      where name = ${name} and hash <> ${hashOf(key)} and created_by is null and revoked_at is null`;
    return tx<{ id: string; active: boolean }[]>`
      insert into api_keys (id, name, prefix, hash, role)
      values (${uuidv7()}, ${name}, ${key.slice(0, prefixLength)}, ${hashOf(key)}, ${role})
      on conflict (hash) do update set name = excluded.name, role = excluded.role
      returning id, revoked_at is null as active`;
  });
  if (!row) throw new Error('api_keys returned no row for a key that was inserted');
  return row;
}

/** Ends a key for good; true when it was valid until now. */
export async function revokeApiKey(id: string, sql: Queryable = db()): Promise<boolean> {
  const rows = await sql`update api_keys set revoked_at = now() where id = ${id} and revoked_at is null returning id`;
  return rows.length > 0;
}

/** Whom the key stands for; null when it is unknown, expired or revoked. */
export async function authenticateApiKey(token: string): Promise<Actor | null> {
  if (!keyFormat.test(token)) return null;
  // `used` writes at most once a minute a key: each request would cost a commit otherwise.
  const [key] = await db()<{ id: string; name: string; role: Role; rateLimit: number | null }[]>`
    with key as (
      select id, name, role, rate_limit, last_used_at from api_keys
      where hash = ${hashOf(token)} and revoked_at is null and (expires_at is null or expires_at > now())
    ), used as (
      update api_keys set last_used_at = now() from key
      where api_keys.id = key.id and (key.last_used_at is null or key.last_used_at < now() - interval '1 minute')
    )
    select id, name, role, rate_limit as "rateLimit" from key`;
  if (!key) return null;
  const { rateLimit, ...rest } = key;
  return { kind: 'key', ...rest, ...(rateLimit !== null && { rateLimit }) };
}
