import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from './client.ts';

const folder = 'supabase/migrations';

/** Any number: all processes that migrate take the same lock. */
const lockKey = 7_308_001;

/**
 * Applies the migrations of supabase/migrations that the database does not have, each in a transaction.
 * Keeps its record where the Supabase CLI keeps its own, so that either may be used.
 *
 * @param databaseUrl postgres://… of the role that owns the schema.
 * @returns the names of the files that were applied.
 * @throws Error naming the file and the statement's error.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const sql = openDatabase(databaseUrl, { max: 1, name: 'taskdeck-migrate' });
  const files = (await readdir(join(process.cwd(), folder))).filter((name) => /^\d+_.*\.sql$/.test(name)).sort();
  try {
    await sql`set statement_timeout = 0`;
    await sql`select pg_advisory_lock(${lockKey})`;
    await sql`create schema if not exists supabase_migrations`;
    await sql`
      create table if not exists supabase_migrations.schema_migrations
        (version text primary key, statements text[], name text)`;
    const known = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
    const versions = new Set(known.map(({ version }) => version));
    const applied: string[] = [];
    for (const file of files) {
      const [version = '', name = ''] = file.replace(/\.sql$/, '').split(/_(.*)/s);
      if (versions.has(version)) continue;
      const text = await readFile(join(process.cwd(), folder, file), 'utf8');
      await sql
        .begin(async (tx) => {
          await tx.unsafe(text);
          await tx`insert into supabase_migrations.schema_migrations (version, name, statements) values (${version}, ${name}, ${[text]})`;
        })
        .catch((error: unknown) => {
          throw new Error(
            `Migration ${file} failed and was rolled back: ${error instanceof Error ? error.message : String(error)}`,
            {
              cause: error,
            },
          );
        });
      applied.push(file);
    }
    return applied;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
