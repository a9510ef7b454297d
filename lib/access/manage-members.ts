import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { audit } from '#lib/audit/index';
import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { createAuthUser, findAuthUser, setAuthPassword } from './auth-users.ts';
import { passwordSchema } from './password.ts';
import { roles } from './types.ts';
import type { Actor, MemberInfo, Role } from './types.ts';

export const inviteSchema = z.strictObject({
  email: z
    .email('is not an e-mail address')
    .max(320)
    .transform((email) => email.toLowerCase()),
  password: passwordSchema.optional().meta({ description: 'Without it one is made, and answered once.' }),
  role: z.enum(roles),
});

export const memberPatchSchema = z
  .strictObject({
    role: z.enum(roles),
    newPassword: z.literal(true).meta({ description: 'Makes a new password, answered once.' }),
  })
  .partial();

const columns = () => db()`user_id as id, email, role, created_at as "createdAt"`;

type Row = Omit<MemberInfo, 'createdAt'> & { createdAt: Date };
const toInfo = ({ createdAt, ...row }: Row): MemberInfo => ({ ...row, createdAt: createdAt.toISOString() });

/** Members by address, at most a thousand. */
export async function listMembers(): Promise<MemberInfo[]> {
  return (await db()<Row[]>`select ${columns()} from members order by email limit 1000`).map(toInfo);
}

/**
 * Makes somebody a member, with an account where there is none yet. `password` is the one that was made for them, shown
 * this once; null when one was given, or when the account was there and keeps its own.
 *
 * @throws TaskdeckError conflict (is a member; has an account and a password was given), unavailable.
 */
export async function inviteMember(
  actor: Actor,
  invitation: z.infer<typeof inviteSchema>,
): Promise<{ member: MemberInfo; password: string | null }> {
  const { email, role } = invitation;
  const known = await findAuthUser(email);
  if (known !== undefined && invitation.password !== undefined)
    throw new TaskdeckError('conflict', `${email} has an account already, which keeps its password.`, {
      hint: 'Invite without a password.',
    });
  const generated = known === undefined && invitation.password === undefined ? newPassword() : null;
  const id = known ?? (await createAuthUser(email, invitation.password ?? generated ?? newPassword()));
  const member = await db().begin(async (tx) => {
    const [row] = await tx<Row[]>`
      insert into members (user_id, email, role) values (${id}, ${email}, ${role})
      on conflict do nothing returning ${columns()}`;
    if (!row) throw new TaskdeckError('conflict', `${email} is a member already.`);
    await audit(tx, actor, 'member.invite', `member:${id}`, { email, role });
    return toInfo(row);
  });
  return { member, password: generated };
}

/**
 * Gives a member another role, a new password, or both. What they have open follows with the next request.
 *
 * @throws TaskdeckError not_found, conflict (the last admin, one's own role), unavailable.
 */
export async function updateMember(
  actor: Actor,
  id: string,
  patch: z.infer<typeof memberPatchSchema>,
): Promise<{ member: MemberInfo; password: string | null }> {
  const { role } = patch;
  const member = await db().begin(async (tx) => {
    const before = await lockMember(tx, id);
    if (role === undefined || role === before.role) return toInfo(before);
    if (isSelf(actor, id)) throw new TaskdeckError('conflict', 'Nobody changes their own role.', askAnother);
    if (role !== 'admin') await keepAnAdmin(tx, id);
    await tx`update members set role = ${role} where user_id = ${id}`;
    const change = { before: { role: before.role }, after: { role } };
    await audit(tx, actor, 'member.role', `member:${id}`, { email: before.email, ...change });
    return toInfo({ ...before, role });
  });
  if (!patch.newPassword) return { member, password: null };
  const generated = newPassword();
  // Written down first: an entry too many is better than a password of which nobody knows who set it.
  await audit(db(), actor, 'member.password', `member:${id}`, { email: member.email });
  await setAuthPassword(id, generated);
  return { member, password: generated };
}

/**
 * Ends a membership at once; the account stays. API keys that the member made stay too.
 *
 * @throws TaskdeckError not_found, conflict (the last admin, oneself).
 */
export async function removeMember(actor: Actor, id: string): Promise<void> {
  await db().begin(async (tx) => {
    const { email, role } = await lockMember(tx, id);
    if (isSelf(actor, id)) throw new TaskdeckError('conflict', 'Nobody removes themselves.', askAnother);
    await keepAnAdmin(tx, id);
    await tx`delete from members where user_id = ${id}`;
    await audit(tx, actor, 'member.remove', `member:${id}`, { email, role });
  });
}

const askAnother = { hint: 'Another admin can do it.' };
const isSelf = (actor: Actor, id: string): boolean => actor.kind === 'user' && actor.id === id;
const newPassword = (): string => randomBytes(12).toString('base64url');

/** The member, with all admins locked, so that two who lower each other find out. */
async function lockMember(tx: Queryable, id: string): Promise<Row> {
  await tx`select from members where role = ${'admin' satisfies Role} or user_id = ${id} order by user_id for no key update`;
  const [row] = await tx<Row[]>`select ${columns()} from members where user_id = ${id}`;
  if (!row) throw new TaskdeckError('not_found', 'There is no such member.');
  return row;
}

async function keepAnAdmin(tx: Queryable, id: string): Promise<void> {
  const others = await tx`select from members where role = ${'admin' satisfies Role} and user_id <> ${id} limit 1`;
  if (others.length === 0)
    throw new TaskdeckError('conflict', 'This is the last admin.', { hint: 'Make somebody else an admin first.' });
}
