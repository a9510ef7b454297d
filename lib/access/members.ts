import { db } from '#lib/db/index';
import type { Actor, Role } from './types.ts';

export type Member = Extract<Actor, { kind: 'user' }>;

/** Makes an auth user a member with this role, or gives the member this role. */
export async function ensureMember({
  userId,
  email,
  role,
}: {
  userId: string;
  email: string;
  role: Role;
}): Promise<void> {
  await db()`
    insert into members (user_id, email, role) values (${userId}, ${email}, ${role})
    on conflict (user_id) do update set email = excluded.email, role = excluded.role`;
}

/** The member that an auth user is; null for a user who was never made one. */
export async function memberOf(userId: string): Promise<Member | null> {
  const [row] = await db()<{ email: string; role: Role }[]>`select email, role from members where user_id = ${userId}`;
  return row ? { kind: 'user', id: userId, ...row } : null;
}
