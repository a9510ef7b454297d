import { v7 as uuidv7 } from 'uuid';
import { type Actor, actorRef, requireRole } from '#lib/access/index';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { parseInput } from '#lib/json/index';
import { log } from '#lib/observability/index';
import { countMatching } from '#lib/tasks/index';
import { bulkColumns, type BulkRow, toBulk } from './row.ts';
import { type BulkInput, bulkSchema, type BulkTarget } from './schema.ts';
import { type BulkOperation, maxBulkIds } from './types.ts';

/** Operations that may be under way together. */
const maxRunning = 50;

/** How many tasks an operation would name, and in which states they are; `more` when there are more than were counted. */
export const previewBulk = ({ ids, filter }: BulkTarget) =>
  countMatching(ids ? { ids, includeArchived: true } : (filter ?? {}), maxBulkIds);

/**
 * Starts one verb over many tasks: it is written down, and a worker's maintenance does it, at its rate, wherever a crash may
 * have stopped it before. Tasks that are made after the start are left alone.
 *
 * @throws TaskdeckError invalid, forbidden (purge is for admins), rate_limited (too many are under way).
 */
export async function startBulk(actor: Actor, input: BulkInput): Promise<BulkOperation> {
  const { verb, filter, args, perSecond, ...rest } = parseInput(bulkSchema, input);
  if (verb === 'purge') requireRole(actor, 'admin');
  const ids = rest.ids && [...new Set(rest.ids.map((id) => id.toLowerCase()))].sort();
  const total = await previewBulk({ ids, filter });
  const id = uuidv7();
  const operation = await db().begin(async (tx) => {
    const [{ running } = { running: 0 }] = await tx<{ running: number }[]>`
      select count(*) as running from bulk_operations where state = 'running'`;
    if (running >= maxRunning) {
      throw new TaskdeckError('rate_limited', `${maxRunning} bulk operations are under way.`, {
        hint: 'Wait until some have ended, or cancel them.',
        retryAfterSeconds: 30,
      });
    }
    const [row] = await tx<BulkRow[]>`
      insert into bulk_operations (id, verb, ids, filter, args, per_second, last_id, total, total_capped, created_by)
      select ${id}, ${verb}, ${ids ?? null}::uuid[], ${filter ? JSON.stringify(filter) : null}::text::jsonb,
        ${JSON.stringify(args)}::text::jsonb, ${perSecond},
        coalesce((select id from tasks order by id desc limit 1), ${id}), ${total.count}, ${total.more}, ${actorRef(actor)}
      returning ${bulkColumns()}`;
    if (!row) throw new Error('bulk_operations returned no row for an operation that was inserted');
    await audit(tx, actor, 'bulk.start', `bulk:${id}`, {
      verb,
      ...args,
      ...(filter ? { filter } : { ids: total.count }),
      total: total.count,
      ...(total.more && { more: true }),
    });
    return toBulk(row);
  });
  log.info('bulk operation started', { bulkId: id, verb, total: total.count, actor: actorRef(actor) });
  return operation;
}
