import { existsSync } from 'node:fs';
import { readLaunchConfig } from '#lib/config';
import type { LaunchConfig } from '#lib/config';
import type { SupabaseAddress } from './environment.ts';
import { StartProblem } from './problem.ts';

/** Reads `.env` if there is one, and the environment, which wins. */
export function readLaunch(): LaunchConfig {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readLaunchConfig();
}

/**
 * The Supabase that the environment names, or undefined for the embedded one.
 * @throws StartProblem when it names only a part of one
 */
export function hostedSupabase(launch: LaunchConfig): SupabaseAddress | undefined {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY, SUPABASE_JWT_SECRET, DATABASE_URL } = launch;
  if (SUPABASE_URL === undefined && DATABASE_URL === undefined) return undefined;
  const needed = { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY, DATABASE_URL };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (SUPABASE_URL && SUPABASE_PUBLISHABLE_KEY && SUPABASE_SECRET_KEY && DATABASE_URL) {
    return {
      SUPABASE_URL,
      SUPABASE_PUBLISHABLE_KEY,
      SUPABASE_SECRET_KEY,
      DATABASE_URL,
      ...(SUPABASE_JWT_SECRET ? { SUPABASE_JWT_SECRET } : {}),
    };
  }
  throw new StartProblem(
    `The environment names a Supabase of your own without ${missing.join(', ')}`,
    'Set all of them, or none to use the embedded one.',
  );
}
