import { createHmac, randomBytes } from 'node:crypto';

const TEN_YEARS_SECONDS = 10 * 365 * 24 * 60 * 60;

/**
 * Every password and key that docker-compose.yml asks for, by variable. All are safe in a URL, in YAML and in an .env file.
 * The API keys are JWTs of the roles anon and service_role, as the self-hosted services take them without translation.
 */
export function createSecrets(now = Date.now()): Record<string, string> {
  const jwtSecret = random(48);
  return {
    POSTGRES_PASSWORD: random(24),
    POSTGRES_AUTHENTICATOR_PASSWORD: random(24),
    POSTGRES_AUTH_PASSWORD: random(24),
    REDIS_PASSWORD: random(24),
    SUPABASE_JWT_SECRET: jwtSecret,
    SUPABASE_PUBLISHABLE_KEY: roleKey('anon', jwtSecret, now),
    SUPABASE_SECRET_KEY: roleKey('service_role', jwtSecret, now),
    REALTIME_ENCRYPTION_KEY: random(12), // AES-128 takes exactly 16 characters
    REALTIME_SECRET_KEY_BASE: random(48), // 64 characters
    REALTIME_METRICS_SECRET: random(24),
    TASKDECK_ADMIN_PASSWORD: random(12),
    TASKDECK_API_KEY: `tdk_${random(32)}`,
    TASKDECK_METRICS_TOKEN: random(24),
    GRAFANA_ADMIN_PASSWORD: random(12),
  };
}

/** `bytes` of randomness in base64url: four characters for three bytes. */
function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function roleKey(role: string, secret: string, now: number): string {
  const issuedAt = Math.floor(now / 1_000);
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iss: 'taskdeck', role, iat: issuedAt, exp: issuedAt + TEN_YEARS_SECONDS })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
