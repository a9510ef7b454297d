import { randomBytes } from 'node:crypto';

/** The secrets of one local stack, in the shapes that hosted Supabase uses since 2025. */
export type LocalKeys = { jwtSecret: string; publishableKey: string; secretKey: string };

/** Random keys for a new local stack. They are made once and kept by the caller. */
export function createLocalKeys(): LocalKeys {
  return {
    jwtSecret: randomBytes(48).toString('base64url'),
    publishableKey: `sb_publishable_${randomToken(22)}_${randomToken(8)}`,
    secretKey: `sb_secret_${randomToken(22)}_${randomToken(8)}`,
  };
}

/** `length` random characters of [A-Za-z0-9_-]. */
function randomToken(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
