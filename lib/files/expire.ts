import { db } from '#lib/db/index';

/**
 * Deletes the files whose time is over, oldest first; several processes may do so at once.
 *
 * @param limit the most that one call deletes: a content may have 10 MB.
 * @returns how many it deleted; fewer than `limit` means that none is left.
 */
export async function deleteExpiredFiles(limit: number): Promise<number> {
  const deleted = await db()`
    delete from files where id in (
      select id from files where expires_at <= now() order by expires_at limit ${limit} for update skip locked
    )`;
  return deleted.count;
}
