import postgres from 'postgres';

/** The migrated database that every test's database is a copy of. */
export const TEMPLATE = 'taskdeck_template';

/** `url` with another database or user. */
export function databaseUrl(url: string, change: { database?: string; user?: string; password?: string }): string {
  const result = new URL(url);
  if (change.database !== undefined) result.pathname = `/${change.database}`;
  if (change.user !== undefined) result.username = change.user;
  if (change.password !== undefined) result.password = encodeURIComponent(change.password);
  return result.href;
}

/** Creates the empty template; returns the superuser's URL to it. */
export async function createTemplate(adminUrl: string): Promise<string> {
  await withAdmin(adminUrl, (sql) => sql.unsafe(`create database ${TEMPLATE}`));
  return databaseUrl(adminUrl, { database: TEMPLATE });
}

/** Copies the template. What belongs to the database and not to its contents is not copied by Postgres, so it is set again. */
export async function cloneTemplate(adminUrl: string, name: string): Promise<void> {
  await withAdmin(adminUrl, async (sql) => {
    await sql.unsafe(`create database ${name} template ${TEMPLATE} owner postgres`);
    await sql.unsafe(`alter database ${name} set search_path = "$user", public, extensions`);
  });
}

/** Drops a database, and whoever is still connected with it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withAdmin(adminUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`));
}

async function withAdmin(adminUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
