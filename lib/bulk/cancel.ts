import type { Actor } from '#lib/access/types';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { publishBulk } from '#lib/realtime/index';
import { getBulk } from './query.ts';
import { bulkColumns, type BulkRow, toBulk } from './row.ts';
import type { BulkOperation } from './types.ts';

/**
 * Stops an operation where it is; what it has done stays done.
 *
 * @throws TaskdeckError not_found, conflict (it has ended).
 */
export async function cancelBulk(actor: Actor, id: string): Promise<BulkOperation> {
  const [row] = await db().begin(async (tx) => {
    const rows = await tx<BulkRow[]>`
      update bulk_operations set state = 'cancelled', finished_at = clock_timestamp()
      where id = ${id} and state = 'running' returning ${bulkColumns()}`;
    for (const { verb, done, skipped } of rows)
      await audit(tx, actor, 'bulk.cancel', `bulk:${id}`, { verb, done, skipped });
    return rows;
  });
  if (row) {
    const operation = toBulk(row);
    publishBulk(operation);
    return operation;
  }
  const ended = await getBulk(id);
  if (!ended) throw new TaskdeckError('not_found', `There is no bulk operation ${id}.`);
  throw new TaskdeckError('conflict', `The operation cannot be cancelled: it is ${ended.state}.`);
}
