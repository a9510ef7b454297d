import postgres from 'postgres';

import { prepareDatabase } from './prepare.ts';
import { startTestStack } from './testing.ts';
import type { TestStack } from './testing.ts';
import { ensureUser } from './users.ts';

let stack: TestStack;
let admin: postgres.Sql;
let owner: postgres.Sql;

beforeAll(async () => {
  stack = await startTestStack();
  admin = postgres(stack.postgres.adminUrl, { max: 1, onnotice: () => {} });
  owner = postgres(stack.postgresUrl, { max: 1, onnotice: () => {} });
}, 60_000);

afterAll(async () => {
  await Promise.all([admin.end(), owner.end()]);
  await stack.stop();
});

test('postgres is no superuser and may do what it may on Supabase', async () => {
  const [role] =
    await owner`select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication from pg_roles where rolname = current_user`;
  expect(role).toEqual({
    rolsuper: false,
    rolcreatedb: true,
    rolcreaterole: true,
    rolbypassrls: true,
    rolreplication: true,
  });
});

test('a migration as postgres may reference auth.users, write policies on realtime.messages and use pgcrypto', async () => {
  await owner.unsafe(`
    create table public.notes (id uuid primary key default gen_random_uuid(), owner uuid references auth.users (id), hash text default crypt('x', gen_salt('bf', 4)));
    alter table public.notes enable row level security;
    create policy own on public.notes to authenticated using (owner = auth.uid());
    create policy "feed" on realtime.messages for select to authenticated using (realtime.topic() = 'tasks');
    alter publication supabase_realtime add table public.notes;
    create extension if not exists pg_trgm with schema extensions;
  `);
  const grants =
    await owner`select grantee from information_schema.role_table_grants where table_name = 'notes' and privilege_type = 'INSERT' order by 1`;
  expect(grants.map((row) => row.grantee)).toEqual(
    expect.arrayContaining(['anon', 'authenticated', 'postgres', 'service_role']),
  );
});

test('anon may not create objects, read Auth or add partitions', async () => {
  const asAnon = (statement: string): Promise<unknown> =>
    owner.begin(async (tx) => {
      await tx`set local role anon`;
      await tx.unsafe(statement);
    });
  await expect(asAnon('create table public.x (id int)')).rejects.toThrow('permission denied');
  await expect(asAnon('select * from auth.users')).rejects.toThrow('permission denied');
  await expect(asAnon('select realtime.maintain_partitions()')).rejects.toThrow('permission denied');
});

test('preparing twice, and two databases at once, changes nothing', async () => {
  await admin`create database other`;
  const jwtSecret = stack.keys.jwtSecret;
  const [here, other] = [stack.postgres.adminUrl, stack.postgres.adminUrl.replace(/postgres$/, 'other')];
  await Promise.all(
    [here, other].map((adminUrl) => prepareDatabase({ adminUrl, postgresPassword: 'postgres-password', jwtSecret })),
  );
  const [count] = await admin`select count(*)::int as policies from pg_policies where tablename = 'messages'`;
  expect(count).toEqual({ policies: 1 });
  // A template is copied only while nobody is connected to it.
  await admin`create database copy template other owner postgres`;
});

test('partitions reach from yesterday to three days ahead, and old ones go', async () => {
  await admin.unsafe(`create table realtime.messages_2020_01_01 partition of realtime.messages for values from ('2020-01-01') to ('2020-01-02');
    alter table realtime.messages_2020_01_01 owner to supabase_realtime_admin`);
  await admin`drop table ${admin(`realtime.messages_${day(3)}`)}`;
  await admin`select realtime.maintain_partitions()`;
  const rows = await admin`select relname from pg_class where relname like 'messages_2%' and relkind = 'r' order by 1`;
  expect(rows.map((row) => row.relname)).toEqual([-1, 0, 1, 2, 3].map((offset) => `messages_${day(offset)}`));
});

test('realtime.send adds an id and swallows errors as Supabase does', async () => {
  await owner`select realtime.send('{"a":1}'::jsonb, 'e', 'stored')`;
  const [row] =
    await owner`select payload->>'a' as a, payload->>'id' = id::text as same, private, extension from realtime.messages where topic = 'stored'`;
  expect(row).toEqual({ a: '1', same: true, private: true, extension: 'broadcast' });
  await owner.begin(async (tx) => {
    await tx`set local role anon`;
    await tx`select realtime.send('{}'::jsonb, 'e', 'refused')`;
  });
  expect(await owner`select 1 from realtime.messages where topic = 'refused'`).toHaveLength(0);
});

test('ensureUser keeps the id and changes the password', async () => {
  const user = { adminUrl: stack.postgres.adminUrl, email: 'Ann@Example.com' };
  const first = await ensureUser({ ...user, password: 'first-password' });
  const second = await ensureUser({ ...user, email: 'ann@example.com', password: 'second-password' });
  expect(second).toEqual(first);
  const identities = await admin`select provider from auth.identities where user_id = ${first.id}`;
  expect(identities).toHaveLength(1);
});

/** The date `offset` days from today in UTC, as in a partition's name. */
function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '_');
}
