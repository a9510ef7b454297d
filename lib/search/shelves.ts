import { db, type Queryable } from '#lib/db/index';
import { quoted } from './document.ts';
import { mark } from './marks.ts';

/** Documents that a shelf has, more or less: so many does one look into a shelf read at most. */
export const shelfSize = 16_384;

export type Shelf = { shelf: number; firstId: string; documents: number };

/** All shelves, the one with the lowest ids first. */
export const readShelves = (sql: Queryable): Promise<Shelf[]> => sql<Shelf[]>`
  select shelf, first_id as "firstId", documents from search_shelves order by first_id`;

/** The shelf on which a task stands. @param shelves as `readShelves` gives them. */
export function shelfOf(shelves: readonly Shelf[], id: string): Shelf {
  let [low, high] = [0, shelves.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((shelves[middle]?.firstId ?? '') <= id) low = middle;
    else high = middle;
  }
  const found = shelves[low];
  if (!found) throw new Error('search_shelves is empty');
  return found;
}

/**
 * Makes room for these tasks: a shelf that is full is parted beside them, and the fewer of its documents are moved. New tasks
 * come at the one end and old ones at the other, so there are few to move, or none.
 *
 * @param ids in their order.
 * @returns the shelves as they are then.
 */
export async function makeRoom(tx: Queryable, ids: string[]): Promise<Shelf[]> {
  const shelves = await readShelves(tx);
  const full = new Map<Shelf, string[]>();
  for (const id of ids) {
    const shelf = shelfOf(shelves, id);
    if (shelf.documents >= shelfSize) full.set(shelf, [...(full.get(shelf) ?? []), id]);
  }
  if (full.size === 0) return shelves;
  for (const [shelf, its] of full) await part(tx, shelves, shelf, its);
  return readShelves(tx);
}

async function part(tx: Queryable, shelves: Shelf[], shelf: Shelf, ids: string[]): Promise<void> {
  const end = shelves[shelves.indexOf(shelf) + 1]?.firstId;
  const inside = db()`task_id >= ${shelf.firstId} ${end ? db()`and task_id < ${end}` : db()``}`;
  const [least = '', greatest = ''] = [ids[0], ids.at(-1)];
  const [row] = await tx<{ below: number; above: number; next: string | null; standing: number }[]>`
    select count(*) filter (where task_id < ${least}) as below, count(*) filter (where task_id > ${greatest}) as above,
      (select task_id from search_documents where ${inside} and task_id > ${greatest} order by task_id limit 1) as next,
      count(*) filter (where task_id = any(${ids}::uuid[])) as standing
    from search_documents where ${inside}`;
  // Documents that are only written anew need no room.
  if (!row || row.standing === ids.length) return;
  if (row.above <= row.below) {
    await open(tx, { firstId: least, from: least, end, moved: shelf });
  } else if (row.next) {
    // The new one takes the lower part, and what comes now.
    await tx`update search_shelves set first_id = ${row.next} where shelf = ${shelf.shelf}`;
    await open(tx, { firstId: shelf.firstId, from: shelf.firstId, end: row.next, moved: shelf });
  }
}

type Opening = { firstId: string; from: string; end: string | undefined; moved: Shelf };

async function open(tx: Queryable, { firstId, from, end, moved }: Opening): Promise<void> {
  const [opened] = await tx<{ shelf: number }[]>`
    insert into search_shelves (first_id) values (${firstId}) returning shelf`;
  if (!opened) throw new Error('search_shelves returned no row for a shelf that was inserted');
  const { count } = await tx`
    update search_documents
    set words = ts_delete(words, ${mark.shelf(moved.shelf)}) || ${quoted(mark.shelf(opened.shelf))}::text::tsvector
    where task_id >= ${from} ${end ? db()`and task_id < ${end}` : db()``}`;
  await tx`
    update search_shelves set documents = documents + case when shelf = ${opened.shelf} then ${count} else -${count}::integer end
    where shelf in (${opened.shelf}, ${moved.shelf})`;
}
