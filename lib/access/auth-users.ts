import { z } from 'zod';
import { config } from '#lib/config';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';

const timeoutMs = 8_000;
const userSchema = z.object({ id: z.uuid() });
const refusalSchema = z.object({ msg: z.string().max(300) });

/** The account of an address, as Auth keeps it; undefined when there is none. */
export async function findAuthUser(email: string): Promise<string | undefined> {
  const [row] = await db()<{ id: string }[]>`select id from auth.users where lower(email) = ${email.toLowerCase()}`;
  return row?.id;
}

/** The address that an account signs in with. */
export async function emailOfAuthUser(id: string): Promise<string> {
  const [row] = await db()<{ email: string }[]>`select email from auth.users where id = ${id}`;
  if (!row) throw new TaskdeckError('not_found', 'There is no such account.');
  return row.email;
}

/**
 * Makes an account that signs in with this address and password.
 *
 * @throws TaskdeckError `unavailable` when Supabase Auth does not answer, `conflict` when it refuses.
 */
export const createAuthUser = (email: string, password: string): Promise<string> =>
  askAuth('POST', 'users', { email, password, email_confirm: true }, () => insertUser(email, password));

/** Gives an account another password; every session of it ends. Throws like `createAuthUser`. */
export const setAuthPassword = (id: string, password: string): Promise<string> =>
  askAuth('PUT', `users/${id}`, { password }, () => updatePassword(id, password));

/**
 * Asks Auth's admin API. The embedded Auth has none and answers 404 to its address; it keeps its accounts in the tables
 * of our own database, so there they are written.
 */
async function askAuth(
  method: 'POST' | 'PUT',
  path: string,
  body: Record<string, unknown>,
  withoutApi: () => Promise<string>,
): Promise<string> {
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = config();
  if (!SUPABASE_SECRET_KEY)
    throw new TaskdeckError('unavailable', 'Accounts cannot be made: SUPABASE_SECRET_KEY is not set.', {
      hint: 'Set it for the web process; the dashboard of Supabase shows it under API keys.',
    });
  const response = await fetch(`${SUPABASE_URL.replace(/\/+$/, '')}/auth/v1/admin/${path}`, {
    method,
    headers: {
      apikey: SUPABASE_SECRET_KEY,
      authorization: `Bearer ${SUPABASE_SECRET_KEY}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw unavailable(cause);
  });
  if (response.ok) return userSchema.parse(await response.json()).id;
  if (response.status >= 500) throw unavailable(new Error(`auth/v1/admin answered ${response.status}`));
  const said = refusalSchema.safeParse(await response.json().catch(() => undefined)).data?.msg;
  // An Auth that has the API says in its own words what it did not find.
  if (response.status === 404 && said === undefined) return withoutApi();
  throw new TaskdeckError(
    'conflict',
    `Supabase Auth refused the account: ${said ?? `it answered ${response.status}`}.`,
    { hint: 'Choose another address or password.' },
  );
}

const unavailable = (cause: unknown) =>
  new TaskdeckError('unavailable', 'Supabase Auth does not answer.', { retryAfterSeconds: 5, cause });

async function insertUser(email: string, password: string): Promise<string> {
  return db().begin(async (tx) => {
    const [user] = await tx<{ id: string }[]>`
      insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
        raw_user_meta_data, created_at, updated_at)
      values (gen_random_uuid(), 'authenticated', 'authenticated', ${email},
        extensions.crypt(${password}, extensions.gen_salt('bf', 10)), now(),
        '{"provider":"email","providers":["email"]}', '{}', now(), now())
      returning id`;
    if (!user) throw new Error('auth.users returned no row for a new account');
    await tx`
      insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
      values (gen_random_uuid(), ${user.id}, 'email', ${user.id},
        jsonb_build_object('sub', ${user.id}::text, 'email', ${email}::text, 'email_verified', true), now(), now())`;
    return user.id;
  });
}

/** Whoever signed in with the old password is to do so again. */
async function updatePassword(id: string, password: string): Promise<string> {
  await db().begin(async (tx) => {
    await tx`
      update auth.users set encrypted_password = extensions.crypt(${password}, extensions.gen_salt('bf', 10)),
        updated_at = now() where id = ${id}`;
    await tx`delete from auth.sessions where user_id = ${id}`;
  });
  return id;
}
