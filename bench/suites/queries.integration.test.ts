import postgres from 'postgres';
import { type Sql, useDatabase } from '#lib/db/index';
import { indexChanged } from '#lib/search/index';
import { seedHistory } from '../../scripts/seed/history.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { cases } from './queries.ts';

jest.setTimeout(300_000);

type Statement = { text: string; parameters: unknown[] };

let database: TestDatabase;
let watched: postgres.Sql;
let statements: Statement[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await seedHistory(database.url, 40_000);
  while ((await indexChanged()) > 0);
  await database.sql`vacuum (analyze) tasks`;
  await database.sql`vacuum (analyze) search_documents`;
  watched = postgres(database.url, {
    max: 5,
    debug: (_, text, parameters) => void statements.push({ text, parameters: parameters as unknown[] }),
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
  useDatabase(watched as unknown as Sql);
});
afterAll(async () => {
  useDatabase(database.sql);
  await watched.end();
  await database.drop();
});

const plansOf = async (run: () => Promise<unknown>): Promise<string> => {
  statements = [];
  await run();
  const asked = statements.filter(({ text }) => /\b(tasks|search_documents)\b/.test(text));
  expect(asked.length).toBeGreaterThan(0);
  const plans: string[] = [];
  for (const { text, parameters } of asked) {
    const rows = await database.sql.unsafe(`explain ${text}`, parameters as never[]);
    plans.push(rows.map((row) => String(row['QUERY PLAN'])).join('\n'));
  }
  return plans.join('\n\n');
};

it.each(cases.map((each) => [each.kind, each.title, each] as const))(
  'no table of tasks is read through: %s, %s',
  async (_kind, _title, { run }) => {
    const plans = await plansOf(() => run(7));
    expect(plans).not.toMatch(/Seq Scan on (tasks|search_documents)/);
  },
);

it('would notice one', async () => {
  expect(await plansOf(() => watched`select count(*) from tasks where lost > 5`)).toMatch(/Seq Scan on tasks/);
});
