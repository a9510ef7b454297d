import { childPointer } from '../forms/pointer.ts';
import { countOf, firstEntries, isContainer } from './entries.ts';

const maxDepth = 3;
/** Rows that are drawn without being asked for. */
const maxRows = 200;

/** Longer lists are drawn in parts of so many. */
export const chunk = 100;

/**
 * The containers, by JSON pointer, that are open at first: breadth first, as far as a screen or two hold them. However large or
 * deep the value, only what is open is drawn.
 */
export function openAtFirst(value: unknown): ReadonlySet<string> {
  const open = new Set<string>();
  let rows = 0;
  let level: [pointer: string, value: unknown][] = [['', value]];
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next: typeof level = [];
    for (const [pointer, item] of level) {
      if (!isContainer(item)) continue;
      const count = countOf(item);
      if (count > chunk || rows + count > maxRows) continue;
      rows += count;
      open.add(pointer);
      for (const [name, child] of firstEntries(item, chunk)) next.push([childPointer(pointer, name), child]);
    }
    level = next;
  }
  return open;
}
