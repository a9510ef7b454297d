import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Actor, actorRef, requireRole, roleIncludes } from '#lib/access/index';
import { actorName, audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import type { SavedView } from './types.ts';

/** Views that one person or program may have. */
const maxViews = 100;

/** What a view is made of. */
export const viewSchema = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(80),
  query: z
    .string()
    .max(4_000)
    .refine((query) => !query.includes('\u0000') && query.isWellFormed(), 'holds a character that no address can have'),
  shared: z.boolean().default(false),
});

/** What of a view is to change. */
export const viewPatchSchema = viewSchema.partial().extend({ shared: z.boolean().optional() });

type ViewRow = Omit<SavedView, 'createdAt'> & { createdAt: Date };

const columns = (actor: Actor) => db()`
  id, name, query, shared, owner = ${actorRef(actor)} as own, ${actorName('saved_views.owner')} as "ownerName", created_at as "createdAt"`;

const toView = (row: ViewRow): SavedView => ({ ...row, createdAt: row.createdAt.toISOString() });

/** One's own views and those that are shared, by name. */
export async function listViews(actor: Actor): Promise<SavedView[]> {
  const rows = await db()<ViewRow[]>`
    select ${columns(actor)} from saved_views where owner = ${actorRef(actor)} or shared order by lower(name), id limit 1000`;
  return rows.map(toView);
}

/** @throws TaskdeckError forbidden (a viewer shares nothing), conflict (one has a view of that name), rate_limited (one has 100). */
export async function createView(actor: Actor, view: z.output<typeof viewSchema>): Promise<SavedView> {
  if (view.shared) requireRole(actor, 'operator');
  return db().begin(async (tx) => {
    const owner = actorRef(actor);
    // One after the other, so that the limit holds.
    await tx`select pg_advisory_xact_lock(hashtextextended(${`views ${owner}`}, 0))`;
    const [{ views } = { views: 0 }] = await tx<
      { views: number }[]
    >`select count(*) as views from saved_views where owner = ${owner}`;
    if (views >= maxViews)
      throw new TaskdeckError('rate_limited', `You have ${maxViews} views.`, {
        hint: 'Delete one that you do not need.',
      });
    const [row] = await tx<ViewRow[]>`
      insert into saved_views (id, owner, name, query, shared)
      values (${uuidv7()}, ${owner}, ${view.name}, ${view.query}, ${view.shared})
      on conflict (owner, name) do nothing returning ${columns(actor)}`;
    if (!row) throw nameTaken(view.name);
    if (row.shared) await audit(tx, actor, 'view.share', `view:${row.id}`, { name: row.name });
    return toView(row);
  });
}

/**
 * Changes one's own view; an admin may change a shared one of somebody else.
 *
 * @throws TaskdeckError not_found, forbidden, conflict.
 */
export async function updateView(
  actor: Actor,
  id: string,
  patch: z.output<typeof viewPatchSchema>,
): Promise<SavedView> {
  return db().begin(async (tx) => {
    const standing = await lockView(tx, actor, id);
    const shared = patch.shared ?? standing.shared;
    if (shared && !standing.shared) requireRole(actor, 'operator');
    const name = patch.name ?? standing.name;
    const [taken] = await tx`
      select from saved_views where name = ${name} and id <> ${id} and owner = (select owner from saved_views where id = ${id})`;
    if (taken) throw nameTaken(name);
    const [row] = await tx<ViewRow[]>`
      update saved_views set name = ${name}, query = ${patch.query ?? standing.query}, shared = ${shared}, updated_at = clock_timestamp()
      where id = ${id} returning ${columns(actor)}`;
    if (!row) throw notFound();
    if (row.shared || standing.shared) await audit(tx, actor, 'view.update', `view:${id}`, { name, shared });
    return toView(row);
  });
}

/** @throws TaskdeckError not_found, forbidden. */
export async function deleteView(actor: Actor, id: string): Promise<void> {
  await db().begin(async (tx) => {
    const { shared, name } = await lockView(tx, actor, id);
    await tx`delete from saved_views where id = ${id}`;
    if (shared) await audit(tx, actor, 'view.delete', `view:${id}`, { name });
  });
}

async function lockView(tx: Parameters<typeof audit>[0], actor: Actor, id: string): Promise<ViewRow> {
  const [row] = await tx<ViewRow[]>`select ${columns(actor)} from saved_views where id = ${id} for update`;
  if (!row || !(row.own || row.shared)) throw notFound();
  if (!row.own && !roleIncludes(actor.role, 'admin'))
    throw new TaskdeckError('forbidden', 'This view belongs to somebody else.', { hint: 'Save one of your own.' });
  return row;
}

const notFound = () => new TaskdeckError('not_found', 'There is no such view.');
const nameTaken = (name: string) =>
  new TaskdeckError('conflict', `There is a view “${name}” already.`, {
    hint: 'Choose another name, or change that one.',
    fields: [{ pointer: '/name', message: 'is taken' }],
  });
