import { z } from 'zod';
import type { Actor } from '#lib/access/types';
import { parseInput } from '#lib/json/index';
import { startBulk } from './start.ts';
import type { BulkOperation } from './types.ts';

/** Which completed tasks are purged. */
export const purgeSchema = z.strictObject({
  /** Those that ended longer ago, in milliseconds. */
  olderThanMs: z
    .int()
    .min(0)
    .max(100 * 366 * 86_400_000),
  definition: z.string().min(1).max(64).optional(),
});

/**
 * Deletes completed tasks, archived ones too, with their attempts and logs, in the background.
 *
 * @throws TaskdeckError invalid, forbidden (it is for admins).
 */
export async function purgeCompleted(actor: Actor, input: z.input<typeof purgeSchema>): Promise<BulkOperation> {
  const { olderThanMs, definition } = parseInput(purgeSchema, input);
  return startBulk(actor, {
    verb: 'purge',
    filter: {
      states: ['completed'],
      finishedBefore: new Date(Date.now() - olderThanMs).toISOString(),
      ...(definition !== undefined && { definition }),
      includeArchived: true,
    },
    perSecond: 5_000,
  });
}
