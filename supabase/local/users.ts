import postgres from 'postgres';

/** A user who signs in with an e-mail address and a password (at least one character; rules are the caller's). */
export type UserOptions = { adminUrl: string; email: string; password: string };

/**
 * Creates the user, or sets the password of the existing one, in Auth's tables: lite has no admin API. Another password
 * than before ends the person's sessions.
 * The address is compared in lower case, as Auth stores it.
 */
export async function ensureUser({ adminUrl, email, password }: UserOptions): Promise<{ id: string }> {
  const address = email.trim().toLowerCase();
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext(${`taskdeck-user:${address}`}))`;
      const id = await upsertUser(tx, address, password);
      await tx`
        insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
        select gen_random_uuid(), ${id}, 'email', ${id},
          jsonb_build_object('sub', ${id}::text, 'email', ${address}::text, 'email_verified', true), now(), now()
        where not exists (select from auth.identities where user_id = ${id} and provider = 'email')`;
      return { id };
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function upsertUser(tx: postgres.TransactionSql, email: string, password: string): Promise<string> {
  const hash = tx`extensions.crypt(${password}, extensions.gen_salt('bf', 10))`;
  const [known] = await tx<{ id: string; same: boolean }[]>`
    select id, encrypted_password is not distinct from extensions.crypt(${password}, encrypted_password) as same
    from auth.users where lower(email) = ${email}`;
  if (known && !known.same) {
    await tx`update auth.users set encrypted_password = ${hash}, updated_at = now() where id = ${known.id}`;
    // Whoever signed in with the old password is to do so again.
    await tx`delete from auth.sessions where user_id = ${known.id}`;
  }
  if (known) return known.id;
  const [created] = await tx<{ id: string }[]>`
    insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
    values (gen_random_uuid(), 'authenticated', 'authenticated', ${email}, ${hash}, now(),
      '{"provider":"email","providers":["email"]}', '{}', now(), now())
    returning id`;
  if (!created) throw new Error('auth.users returned no row for a new user');
  return created.id;
}
