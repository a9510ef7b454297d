import type { TaskGraph } from '#lib/tasks/types';

export const nodeWidth = 176;
export const nodeHeight = 44;
const columnGap = 48;
const rowGap = 12;

type Place = { x: number; y: number };

type GraphLayout = {
  /** The upper left corner of each node, by its id. */
  places: Map<string, Place>;
  width: number;
  height: number;
};

/** How often the order within the columns is improved. */
const rounds = 4;

/**
 * Lays a graph out from left to right: a task stands in a column to the right of all that it came from, and within its column
 * near them. A cycle, which tasks cannot have, would not hang it.
 */
export function layoutGraph({ nodes, edges }: Pick<TaskGraph, 'nodes' | 'edges'>): GraphLayout {
  const before = neighbours(edges, 'to', 'from');
  const after = neighbours(edges, 'from', 'to');
  const columns = toColumns(
    nodes.map(({ id }) => id),
    before,
  );
  for (let round = 0; round < rounds; round += 1) {
    const sweep = round % 2 === 0 ? { order: columns, near: before } : { order: columns.toReversed(), near: after };
    for (const column of sweep.order) sortByNeighbours(column, columns, sweep.near);
  }
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const heightOf = (rows: number) => rows * (nodeHeight + rowGap) - rowGap;
  const places = new Map(
    columns.flatMap((column, index) =>
      column.map((id, row): [string, Place] => [
        id,
        {
          x: index * (nodeWidth + columnGap),
          y: (heightOf(tallest) - heightOf(column.length)) / 2 + row * (nodeHeight + rowGap),
        },
      ]),
    ),
  );
  return { places, width: columns.length * (nodeWidth + columnGap) - columnGap, height: heightOf(tallest) };
}

/** A curve from the right side of one node to the left side of another. */
export function edgePath(from: Place, to: Place): string {
  const start = { x: from.x + nodeWidth, y: from.y + nodeHeight / 2 };
  const end = { x: to.x, y: to.y + nodeHeight / 2 };
  const bend = Math.max(16, (end.x - start.x) / 2);
  return `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
}

type Edge = TaskGraph['edges'][number];

function neighbours(edges: readonly Edge[], of: 'from' | 'to', are: 'from' | 'to'): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) found.set(edge[of], [...(found.get(edge[of]) ?? []), edge[are]]);
  return found;
}

/** Each node one column to the right of the last of those before it. */
function toColumns(ids: readonly string[], before: Map<string, string[]>): string[][] {
  const depths = new Map<string, number>();
  const visiting = new Set<string>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0;
    visiting.add(id);
    const depth = Math.max(-1, ...(before.get(id) ?? []).map(depthOf)) + 1;
    depths.set(id, depth);
    return depth;
  };
  const columns: string[][] = [];
  for (const id of ids) (columns[depthOf(id)] ??= []).push(id);
  return Array.from(columns, (column) => column ?? []);
}

/** The barycentre heuristic: a node goes to the mean of the rows of its neighbours. */
function sortByNeighbours(column: string[], columns: readonly string[][], near: Map<string, string[]>): void {
  const rows = new Map(columns.flatMap((ids) => ids.map((id, row): [string, number] => [id, row])));
  const weight = new Map(
    column.map((id): [string, number] => {
      const ids = near.get(id) ?? [];
      const own = rows.get(id) ?? 0;
      return [id, ids.length === 0 ? own : ids.reduce((sum, other) => sum + (rows.get(other) ?? own), 0) / ids.length];
    }),
  );
  column.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
}
