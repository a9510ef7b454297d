import type { TaskState } from '#lib/tasks/state';
import type { Stay } from './state-path.ts';

// Four columns stand beside the details of a task on a window of 1280 pixels.
export const boxWidth = 116;
export const boxHeight = 44;
const gapX = 36;
const gapY = 22;

/** Where the machine has each state: a column from left to right, a row from the main road down. */
const grid: Record<TaskState, [column: number, row: number]> = {
  blocked: [0, 0],
  scheduled: [0, 0],
  pending: [1, 0],
  paused: [1, 1],
  running: [2, 0],
  retrying: [2, 1],
  completed: [3, 0],
  failed: [3, 0],
  cancelled: [3, 0],
  abandoned: [3, 0],
};

export type PathBox = { state: TaskState; x: number; y: number; reached: boolean };
/** A way that was gone, `times` often; or, with 0, that which most tasks go on by. */
export type PathEdge = { from: TaskState; to: TaskState; times: number; d: string };

/** The part of the state machine that a task went through, and the main road of what is still ahead of it. */
export function layoutPath(stays: readonly Stay[]): {
  boxes: PathBox[];
  edges: PathEdge[];
  width: number;
  height: number;
} {
  const reached = new Set(stays.map(({ state }) => state));
  const states = [...new Set([...reached, ...roadAhead(reached)])];
  const columns = [...new Set(states.map((state) => grid[state][0]))].sort((a, b) => a - b);
  const taken = new Map<string, number>();
  const boxes = states.map((state): PathBox => {
    const [column, row] = grid[state];
    // Two of one place, as failed and then completed, stand below each other.
    const place = `${column} ${row}`;
    const below = taken.get(place) ?? 0;
    taken.set(place, below + 1);
    return {
      state,
      x: columns.indexOf(column) * (boxWidth + gapX),
      y: (row + below) * (boxHeight + gapY),
      reached: reached.has(state),
    };
  });
  const at = new Map(boxes.map((box) => [box.state, box]));
  const edges = edgesOf(stays, boxes).flatMap(({ from, to, times }): PathEdge[] => {
    const [start, end] = [at.get(from), at.get(to)];
    return start && end ? [{ from, to, times, d: curve(start, end) }] : [];
  });
  // Ways back run above the first row.
  const top = edges.some(({ from, to }) => goesOver(at.get(from), at.get(to))) ? gapY : 0;
  return {
    boxes,
    edges,
    width: columns.length * (boxWidth + gapX) - gapX,
    height: Math.max(...boxes.map(({ y }) => y)) + boxHeight + top,
  };
}

function roadAhead(reached: ReadonlySet<TaskState>): TaskState[] {
  const ended = (['completed', 'failed', 'cancelled', 'abandoned'] as const).some((state) => reached.has(state));
  return ended ? [] : ['pending', 'running', 'completed'];
}

function edgesOf(
  stays: readonly Stay[],
  boxes: readonly PathBox[],
): { from: TaskState; to: TaskState; times: number }[] {
  const gone = new Map<string, { from: TaskState; to: TaskState; times: number }>();
  for (const [index, { state: to }] of stays.entries()) {
    const from = stays[index - 1]?.state;
    if (from === undefined || from === to) continue;
    const known = gone.get(`${from} ${to}`) ?? { from, to, times: 0 };
    gone.set(`${from} ${to}`, { ...known, times: known.times + 1 });
  }
  const isAhead = (to: TaskState) => boxes.some(({ state, reached }) => state === to && !reached);
  const drawn = new Set(boxes.map(({ state }) => state));
  const road = [...waysOut(stays), ...mainRoad.filter(([, to]) => isAhead(to))];
  const ahead = road.filter(([from, to]) => drawn.has(from) && drawn.has(to) && !gone.has(`${from} ${to}`));
  return [...gone.values(), ...ahead.map(([from, to]) => ({ from, to, times: 0 }))];
}

const mainRoad: [TaskState, TaskState][] = [
  ['pending', 'running'],
  ['running', 'completed'],
];

/** Where a task that is held back goes on to: when it is due to pending, when it is resumed to where it was. */
function waysOut(stays: readonly Stay[]): [TaskState, TaskState][] {
  const ways: [TaskState, TaskState][] = [];
  const held = stays.findLast(({ state }) => state !== 'paused')?.state ?? 'pending';
  if (stays.at(-1)?.state === 'paused') ways.push(['paused', held]);
  if (held === 'blocked' || held === 'scheduled' || held === 'retrying') ways.push([held, 'pending']);
  return ways;
}

type Place = { x: number; y: number };

const goesOver = (from?: Place, to?: Place): boolean =>
  from !== undefined && to !== undefined && to.x < from.x && from.y === 0 && to.y === 0;

function curve(from: Place, to: Place): string {
  const middle = (place: Place) => ({ x: place.x + boxWidth / 2, y: place.y + boxHeight / 2 });
  const [a, b] = [middle(from), middle(to)];
  if (from.x === to.x) {
    // Two ways between the same two lie side by side.
    const side = to.y > from.y ? -14 : 14;
    const [y1, y2] = to.y > from.y ? [from.y + boxHeight, to.y] : [from.y, to.y + boxHeight];
    return `M${a.x + side} ${y1}L${b.x + side} ${y2}`;
  }
  if (to.x > from.x) {
    const start = from.x + boxWidth;
    const bend = (to.x - start) / 2;
    return `M${start} ${a.y}C${start + bend} ${a.y} ${to.x - bend} ${b.y} ${to.x} ${b.y}`;
  }
  if (goesOver(from, to)) return `M${a.x} ${from.y}C${a.x} ${-gapY} ${b.x} ${-gapY} ${b.x} ${to.y}`;
  const bend = (from.x - to.x - boxWidth) / 2;
  return `M${from.x} ${a.y}C${from.x - bend} ${a.y} ${b.x + 20} ${b.y + boxHeight} ${b.x + 20} ${to.y + (to.y < from.y ? boxHeight : 0)}`;
}
