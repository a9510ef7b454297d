import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { deleteExpiredFiles, maxFileBytes, readFile, saveFile } from './index.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const upload = {
  actorRef: 'user:0193',
  name: 'dir/report.csv',
  mediaType: 'text/csv',
  content: Buffer.from('a,b\n1,2\n'),
};
const expire = (id: string) => database.sql`update files set expires_at = now() - interval '1 second' where id = ${id}`;

test('a file comes back as it was sent, and is kept for 7 days', async () => {
  const content = Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'),
    Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256)),
  ]);
  const info = await saveFile({ ...upload, name: 'a.wav', mediaType: 'audio/x-wav', content });
  expect(info).toMatchObject({ name: 'a.wav', mediaType: 'audio/wav', size: content.length });
  expect(Date.parse(info.expiresAt) - Date.parse(info.createdAt)).toBe(7 * 86_400_000);
  const read = await readFile(info.id);
  expect(read.info).toEqual(info);
  expect(read.content.equals(content)).toBe(true);
  const [row] =
    await database.sql`select created_by, sha256 = digest(content, 'sha256') as matches from files where id = ${info.id}`;
  expect(row).toEqual({ created_by: 'user:0193', matches: true });
});

test('10 MB are kept, one byte more is refused', async () => {
  const content = Buffer.alloc(maxFileBytes, 'a');
  await expect(saveFile({ ...upload, content })).resolves.toMatchObject({ size: maxFileBytes });
  await expect(saveFile({ ...upload, content: Buffer.alloc(maxFileBytes + 1, 'a') })).rejects.toMatchObject({
    code: 'too_large',
    fields: [{ pointer: '/content' }],
  });
});

test('what is refused leaves no row', async () => {
  const before = await database.sql`select id from files`;
  await expect(saveFile({ ...upload, content: Buffer.alloc(0) })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/content' }],
  });
  await expect(saveFile({ ...upload, name: '..' })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/name' }],
  });
  await expect(saveFile({ ...upload, mediaType: 'text/html' })).rejects.toMatchObject({
    code: 'unsupported_media_type',
    fields: [{ pointer: '/mediaType' }],
  });
  await expect(database.sql`select id from files`).resolves.toHaveLength(before.length);
});

test.each(['0193aaaa-0000-7000-8000-000000000000', 'not-a-uuid', '', "' or 1=1 --"])('%j is not found', async (id) => {
  await expect(readFile(id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a file whose time is over is not found even before it is deleted', async () => {
  const { id } = await saveFile(upload);
  await expire(id);
  await expect(readFile(id)).rejects.toMatchObject({ code: 'not_found', hint: expect.stringContaining('7 days') });
});

test('expired files are deleted up to the limit, others stay; several processes share the work', async () => {
  await deleteExpiredFiles(100);
  const kept = await saveFile(upload);
  const expired = await Promise.all(Array.from({ length: 5 }, () => saveFile(upload)));
  for (const { id } of expired) await expire(id);
  await expect(deleteExpiredFiles(2)).resolves.toBe(2);
  const counts = await Promise.all([deleteExpiredFiles(10), deleteExpiredFiles(10)]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(3);
  await expect(deleteExpiredFiles(10)).resolves.toBe(0);
  await expect(readFile(kept.id)).resolves.toMatchObject({ info: kept });
});
