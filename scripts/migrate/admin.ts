import { createClient } from '@supabase/supabase-js';
import { config } from '#lib/config';
import { ensureMember } from '#lib/access/index';
import { db } from '#lib/db/index';
import { ensureUser } from '../../supabase/local/users.ts';
import { StartProblem } from '../start/problem.ts';

/**
 * Makes the person TASKDECK_ADMIN_EMAIL, who may do everything. The password of one who exists is changed only to one that was set
 * on purpose, in TASKDECK_ADMIN_PASSWORD.
 *
 * @returns a remark when there is nobody to sign in
 */
export async function ensureAdmin(): Promise<string | undefined> {
  const { TASKDECK_ADMIN_EMAIL: email, TASKDECK_ADMIN_PASSWORD: chosen } = config();
  const initial = process.env.TASKDECK_INITIAL_PASSWORD || undefined;
  const known = await findUser(email);
  const password = chosen ?? (known === undefined ? initial : undefined);
  if (known === undefined && password === undefined)
    return `nobody can sign in as ${email} yet: set TASKDECK_ADMIN_PASSWORD and run this again`;
  const userId = password === undefined ? known : await setPassword(email, password, known);
  if (userId !== undefined) await ensureMember({ userId, email, role: 'admin' });
  return undefined;
}

export async function findUser(email: string): Promise<string | undefined> {
  const [row] = await db()<{ id: string }[]>`select id from auth.users where lower(email) = ${email.toLowerCase()}`;
  return row?.id;
}

/** The embedded Auth has no API for this and is reached in its tables; a hosted one only by its API. */
export async function setPassword(email: string, password: string, known: string | undefined): Promise<string> {
  const adminUrl = process.env.SUPABASE_ADMIN_URL;
  if (adminUrl) return (await ensureUser({ adminUrl, email, password })).id;
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = config();
  if (!SUPABASE_SECRET_KEY)
    throw new StartProblem(
      'SUPABASE_SECRET_KEY is not set',
      'It is needed to make the first sign-in; the dashboard of Supabase shows it under API keys.',
    );
  const { admin } = createClient(SUPABASE_URL, SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  }).auth;
  const { data, error } =
    known === undefined
      ? await admin.createUser({ email, password, email_confirm: true })
      : await admin.updateUserById(known, { password });
  if (error)
    throw new StartProblem(
      `Supabase does not make the sign-in for ${email}: ${error.message}`,
      'Check SUPABASE_URL and SUPABASE_SECRET_KEY.',
      { cause: error },
    );
  return data.user.id;
}
