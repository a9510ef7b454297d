import { db } from '#lib/db/client';
import { testDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';

describe('testDatabase', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    first = await testDatabase();
    second = await testDatabase();
  });
  afterAll(async () => {
    await first.drop();
    await second.drop();
  });

  it('gives each caller a migrated database of its own', async () => {
    await first.sql`insert into queues (name) values ('only-in-first')`;
    const names = await second.sql<{ name: string }[]>`select name from queues order by name`;
    expect(names.map(({ name }) => name)).toEqual(['default']);
  });

  it('makes the newest the database of the process', async () => {
    const [row] = await db()<{ name: string; role: string }[]>`select current_database() as name, current_user as role`;
    expect(row).toEqual({ name: new URL(second.url).pathname.slice(1), role: 'postgres' });
  });

  it('finds extensions without naming their schema, as in Supabase', async () => {
    const [row] = await first.sql<{ hash: string }[]>`select encode(digest('a', 'sha256'), 'hex') as hash`;
    expect(row?.hash).toMatch(/^ca978112/);
  });
});
