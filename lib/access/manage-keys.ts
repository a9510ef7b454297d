import { z } from 'zod';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { createApiKey, revokeApiKey } from './api-keys.ts';
import { roles } from './types.ts';
import type { Actor, ApiKeyInfo } from './types.ts';

export const newKeySchema = z.strictObject({
  name: z.string().trim().min(1, 'is needed').max(100, 'must be at most 100 characters'),
  role: z.enum(roles),
  rateLimit: z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be at least 1')
    .max(1_000_000, 'must be at most 1,000,000')
    .optional()
    .meta({ description: 'Submits a minute; without it no limit.' }),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'is not a time' })
    .refine((time) => Date.parse(time) > Date.now(), 'must be in the future')
    .optional(),
});

type Row = { [Name in keyof ApiKeyInfo]: Name extends `${string}At` ? Date | null : ApiKeyInfo[Name] };

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** API keys, the newest first and the revoked ones last; at most five hundred. None can be told from what is answered. */
export async function listApiKeys(): Promise<ApiKeyInfo[]> {
  const rows = await db()<(Row & { createdAt: Date })[]>`
    select k.id, k.name, k.prefix, k.role, k.rate_limit as "rateLimit", m.email as "createdBy", k.created_at as "createdAt",
      k.last_used_at as "lastUsedAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
    from api_keys k left join members m on m.user_id = k.created_by
    order by (k.revoked_at is not null), k.id desc limit 500`;
  return rows.map(({ createdAt, lastUsedAt, expiresAt, revokedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastUsedAt: iso(lastUsedAt),
    expiresAt: iso(expiresAt),
    revokedAt: iso(revokedAt),
  }));
}

/** Makes an API key. `key` is answered this once: only its hash is kept. */
export async function issueApiKey(
  actor: Actor,
  { name, role, rateLimit, expiresAt }: z.infer<typeof newKeySchema>,
): Promise<{ id: string; key: string }> {
  return db().begin(async (tx) => {
    const createdBy = actor.kind === 'user' ? actor.id : undefined;
    const expiry = expiresAt === undefined ? undefined : new Date(expiresAt);
    const made = await createApiKey({ name, role, rateLimit, createdBy, expiresAt: expiry }, tx);
    const told = { name, role, ...(rateLimit && { rateLimit }), ...(expiresAt && { expiresAt }) };
    await audit(tx, actor, 'key.create', `key:${made.id}`, told);
    return made;
  });
}

/**
 * Ends a key for good: its next request is refused.
 *
 * @throws TaskdeckError not_found, conflict (is revoked already).
 */
export async function endApiKey(actor: Actor, id: string): Promise<void> {
  await db().begin(async (tx) => {
    const [key] = await tx<{ name: string }[]>`select name from api_keys where id = ${id}`;
    if (!key) throw new TaskdeckError('not_found', 'There is no such API key.');
    if (!(await revokeApiKey(id, tx))) throw new TaskdeckError('conflict', 'This API key is revoked already.');
    await audit(tx, actor, 'key.revoke', `key:${id}`, { name: key.name });
  });
}
