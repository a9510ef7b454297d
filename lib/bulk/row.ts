import { actorName } from '#lib/audit/index';
import { db } from '#lib/db/index';
import type { BulkOperation } from './types.ts';

export type BulkRow = Omit<BulkOperation, 'createdAt' | 'finishedAt'> & { createdAt: Date; finishedAt: Date | null };

export const bulkColumns = () => db()`
  id, verb, filter, args, per_second as "perSecond", state, total, total_capped as "totalCapped", done, skipped,
  created_by as "createdBy", ${actorName('bulk_operations.created_by')} as "createdByName", created_at as "createdAt",
  finished_at as "finishedAt"`;

export const toBulk = (row: BulkRow): BulkOperation => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
