import { z } from 'zod';
import { type ApiKeyInfo, type MemberInfo, roles } from '#lib/access/types';

// What the API answers about those who may use it.

const time = z.iso.datetime();

export const memberInfoSchema = z.object({
  id: z.uuid(),
  email: z.email(),
  role: z.enum(roles),
  createdAt: time,
}) satisfies z.ZodType<MemberInfo>;

export const memberListSchema = z.object({ members: z.array(memberInfoSchema) });

export const memberChangeSchema = z.object({
  member: memberInfoSchema,
  password: z.string().nullable().meta({ description: 'The password that was made, answered this once.' }),
});

const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().meta({ description: 'Its first characters.' }),
  role: z.enum(roles),
  rateLimit: z.int().nullable().meta({ description: 'Submits a minute.' }),
  createdBy: z.string().nullable(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
}) satisfies z.ZodType<ApiKeyInfo>;

export const apiKeyListSchema = z.object({ keys: z.array(apiKeySchema) });

export const newApiKeySchema = z.object({
  id: z.uuid(),
  key: z.string().meta({ description: 'The key itself, answered this once: only its hash is kept.' }),
});
