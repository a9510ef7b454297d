import type { BulkOperation } from '#lib/bulk/types';
import { createCoalescer } from './coalesce.ts';
import { broadcast } from './publish.ts';
import { type BulkMessage, topics } from './topics.ts';

const progress = createCoalescer<BulkMessage>({
  everyMs: 200,
  burst: 4,
  merge: (_, later) => later,
  send: (items) =>
    broadcast([...items].map(([id, payload]) => ({ topic: topics.bulk(id), event: 'progress', payload }))),
});

/** Tells the pages how far a bulk operation is. Returns at once. */
export function publishBulk({ id, state, done, skipped, finishedAt }: BulkOperation): void {
  progress.add(id, { state, done, skipped, finishedAt });
}

/** Sends what still waits. */
export const flushBulk = (): Promise<void> => progress.flush();
