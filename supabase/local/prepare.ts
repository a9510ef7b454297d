import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import postgres from 'postgres';

import { LocalStackError } from './errors.ts';
import { localProgram, nodeBinary } from './node-program.ts';
import { realtimeSql } from './schema/realtime.ts';
import { rolesSql, systemGrantsSql } from './schema/roles.ts';

/** `adminUrl` says which database is prepared; `postgresPassword` is set for the role `postgres` of the whole cluster. */
export type PrepareOptions = { adminUrl: string; postgresPassword: string; jwtSecret: string };

/**
 * Makes a database look like a new Supabase project: roles, schemas auth, extensions and realtime, grants and
 * publications. Idempotent, and safe when two databases of one cluster are prepared at the same time.
 * @throws LocalStackError when lite cannot create its schemas; the driver's error for anything else
 */
export async function prepareDatabase(options: PrepareOptions): Promise<void> {
  const sql = postgres(options.adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.begin(async (tx) => {
      await lockRoles(tx);
      await tx.unsafe(rolesSql);
      await tx`select set_config('taskdeck.password', ${options.postgresPassword}, true)`;
      await tx.unsafe(
        `do $$ begin execute format('alter role postgres password %L', current_setting('taskdeck.password')); end $$`,
      );
    });
    await createLiteSchema(options);
    await sql.begin(async (tx) => {
      await lockRoles(tx);
      await tx.unsafe(systemGrantsSql);
      await tx.unsafe(realtimeSql);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Roles belong to the cluster and advisory locks to a database, so only a shared catalog can serialize us. */
async function lockRoles(tx: postgres.TransactionSql): Promise<void> {
  await tx`lock table pg_catalog.pg_authid in share row exclusive mode`;
}

async function createLiteSchema({ adminUrl, jwtSecret }: PrepareOptions): Promise<void> {
  try {
    await promisify(execFile)(nodeBinary(), [localProgram('lite-schema.ts')], {
      env: { ...process.env, NODE_OPTIONS: '', SUPABASE_ADMIN_URL: adminUrl, SUPABASE_JWT_SECRET: jwtSecret },
    });
  } catch (cause) {
    const detail =
      cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n').at(-1) : String(cause);
    throw new LocalStackError(
      `The schema "auth" could not be created: ${detail}`,
      'Run npm install, and start from the project folder.',
      { cause },
    );
  }
}
