/** What is selected: tasks by their ids, or all that match the list's filter, also those that are not loaded. */
export type Selection = { ids: ReadonlySet<string>; all: boolean; /** Where a range begins. */ anchor: string | null };

export const nothing: Selection = { ids: new Set(), all: false, anchor: null };

export const isSelected = ({ ids, all }: Selection, id: string): boolean => all || ids.has(id);

export const hasSelection = ({ ids, all }: Selection): boolean => all || ids.size > 0;

/**
 * Selects or deselects a row; with `extend` all rows from the anchor to it become as the anchor is.
 * `order` holds the ids of the rows as they stand. Taking one row out of all that match leaves the loaded others.
 */
export function select(selection: Selection, id: string, order: string[], extend: boolean): Selection {
  const known = selection.all ? new Set(order) : selection.ids;
  const from = extend && selection.anchor !== null ? order.indexOf(selection.anchor) : -1;
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return { ids: changeAll(known, [id], !known.has(id)), all: false, anchor: id };
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ...selection, ids: changeAll(known, range, known.has(order[from] ?? '')), all: false };
}

/** All loaded rows, or none of them when all are selected already. */
export function selectLoaded(selection: Selection, order: string[]): Selection {
  const allSelected = order.length > 0 && order.every((id) => isSelected(selection, id));
  return allSelected ? nothing : { ids: new Set(order), all: false, anchor: null };
}

function changeAll(ids: ReadonlySet<string>, changed: string[], selected: boolean): ReadonlySet<string> {
  const next = new Set(ids);
  for (const id of changed) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next;
}
