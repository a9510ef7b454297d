import type { LaunchConfig } from '#lib/config';
import { reachable } from './health.ts';
import type { Secrets } from './secrets.ts';

/** Where Supabase is and how to get in; a hosted one comes wholly from the environment. */
export type SupabaseAddress = {
  SUPABASE_URL: string;
  SUPABASE_PUBLISHABLE_KEY: string;
  SUPABASE_SECRET_KEY: string;
  SUPABASE_JWT_SECRET?: string;
  DATABASE_URL: string;
};

/** The address of the stack that this copy starts itself. */
export function embeddedSupabase(launch: LaunchConfig, secrets: Secrets): SupabaseAddress {
  return {
    SUPABASE_URL: `http://${reachable(launch.HOST)}:${launch.SUPABASE_PORT}`,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    DATABASE_URL: `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${launch.SUPABASE_DB_PORT}/postgres`,
  };
}

/** What web, worker and migrations are told (runtimeSchema of lib/config.ts): the same for all of them. */
export function runtimeEnvironment(
  launch: LaunchConfig,
  { secrets, supabase, redisUrl }: { secrets: Secrets; supabase: SupabaseAddress; redisUrl: string | undefined },
): Record<string, string> {
  return {
    ...supabase,
    HOST: launch.HOST,
    PORT: String(launch.PORT),
    WORKER_METRICS_PORT: String(launch.WORKER_METRICS_PORT),
    WORKER_METRICS_HOST: launch.WORKER_METRICS_HOST,
    QUEUE_ENGINE: redisUrl === undefined ? 'postgres' : 'redis',
    REDIS_URL: redisUrl ?? '',
    LOG_LEVEL: launch.LOG_LEVEL,
    SUPABASE_PUBLIC_URL: launch.SUPABASE_PUBLIC_URL ?? '',
    TASKDECK_METRICS_TOKEN: launch.TASKDECK_METRICS_TOKEN ?? secrets.metricsToken,
    TASKDECK_ADMIN_EMAIL: launch.TASKDECK_ADMIN_EMAIL,
    TASKDECK_API_KEY: launch.TASKDECK_API_KEY ?? secrets.apiKey,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
