import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testActor } from '../../../workers/testing.ts';
import { archiveTask, dismissTask, getTask, listDeadLetterGroups } from '../index.ts';
import { insertTask } from '../testing/insert.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
beforeEach(() => database.sql`delete from tasks`);
afterAll(() => database.drop());

const fingerprint = (n: number) => n.toString(16).padStart(16, '0');
const dead = (n: number, minutesAgo: number, more: Record<string, unknown> = {}) =>
  insertTask({
    state: 'failed',
    error: { name: 'Error', message: `boom ${minutesAgo}` },
    error_fingerprint: fingerprint(n),
    finished_at: new Date(Date.UTC(2026, 0, 1, 12) - minutesAgo * 60_000),
    ...more,
  });

test('groups dead letters by their cause, the newest first, with a sample', async () => {
  await dead(1, 30);
  const newest = await dead(1, 10, { state: 'abandoned', definition: 'other' });
  await dead(2, 5);
  await insertTask({ state: 'completed' });
  const { groups, nextCursor } = await listDeadLetterGroups();
  expect(nextCursor).toBeNull();
  expect(groups).toEqual([
    expect.objectContaining({ fingerprint: fingerprint(2), count: 1 }),
    {
      fingerprint: fingerprint(1),
      count: 2,
      firstAt: '2026-01-01T11:30:00.000Z',
      lastAt: '2026-01-01T11:50:00.000Z',
      definitions: ['other', 'probe'],
      sampleId: newest,
      sampleMessage: 'boom 10',
    },
  ]);
});

test('leaves out what was dismissed or archived', async () => {
  const [dismissed, archived] = [await dead(1, 1), await dead(2, 2)];
  await dismissTask(testActor, dismissed, 'a known one');
  await archiveTask(testActor, archived);
  expect((await listDeadLetterGroups()).groups).toEqual([]);
  expect(await getTask(dismissed)).toMatchObject({ dismissReason: 'a known one' });
});

test('is narrowed by definition, queue and time', async () => {
  await dead(1, 60, { definition: 'other' });
  await dead(1, 30);
  await dead(2, 20, { queue: 'slow' });
  const fingerprints = async (query: Parameters<typeof listDeadLetterGroups>[0]) =>
    (await listDeadLetterGroups(query)).groups.map(({ fingerprint, count }) => [Number(fingerprint), count]);
  expect(await fingerprints({ definition: 'other' })).toEqual([[1, 1]]);
  expect(await fingerprints({ queue: 'slow' })).toEqual([[2, 1]]);
  expect(await fingerprints({ since: '2026-01-01T11:20:00Z' })).toEqual([
    [2, 1],
    [1, 1],
  ]);
});

test('comes in pages, also where two groups ended together', async () => {
  for (const n of [1, 2, 3]) await dead(n, 7);
  await dead(4, 8);
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await listDeadLetterGroups({ limit: 1, ...(cursor && { cursor }) });
    seen.push(...page.groups.map((group) => Number(group.fingerprint)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual([3, 2, 1, 4]);
});
