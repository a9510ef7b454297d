import { z } from 'zod';
import { db } from '#lib/db/index';
import { bulkColumns, type BulkRow, toBulk } from './row.ts';
import type { BulkOperation } from './types.ts';

/** How the list is paged; `cursor` is the id of the last operation of the page before. */
export const listBulkSchema = z.strictObject({
  cursor: z.uuid().optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

/** Bulk operations, newest first. `nextCursor` is null on the last page. */
export async function listBulk(
  query: z.input<typeof listBulkSchema> = {},
): Promise<{ operations: BulkOperation[]; nextCursor: string | null }> {
  const { cursor, limit } = listBulkSchema.parse(query);
  const rows = await db()<BulkRow[]>`
    select ${bulkColumns()} from bulk_operations ${cursor ? db()`where id < ${cursor}` : db()``}
    order by id desc limit ${limit + 1}`;
  const operations = rows.slice(0, limit).map(toBulk);
  return { operations, nextCursor: rows.length > limit ? (operations.at(-1)?.id ?? null) : null };
}

/** One operation; null when there is none. */
export async function getBulk(id: string): Promise<BulkOperation | null> {
  const [row] = await db()<BulkRow[]>`select ${bulkColumns()} from bulk_operations where id = ${id}`;
  return row ? toBulk(row) : null;
}

/** Days for which an operation that has ended stays to be seen. */
const keptDays = 30;

/** Deletes operations that ended long ago. */
export async function forgetBulk(): Promise<void> {
  await db()`
    delete from bulk_operations where id in (
      select id from bulk_operations where finished_at < now() - ${keptDays} * interval '1 day' order by id limit 1000)`;
}
