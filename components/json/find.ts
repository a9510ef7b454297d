import { childPointer } from '../forms/pointer.ts';
import { countOf, entriesOf, isContainer } from './entries.ts';

/** A place at which a text was found: its JSON pointer, and what must be open for it to be seen. */
export type JsonMatch = {
  pointer: string;
  /** The containers around it, each with the place of the member that leads to the match. */
  inside: { pointer: string; index: number }[];
};

const maxMatches = 500;
/** A value of more members is searched as far as this: the page must not stand still. */
const maxVisited = 200_000;

type Place = { name: string; index: number; value: unknown; parent: Place | null };

/** Where a name or a value has the text in it, whatever the case. `more`: there are, or may be, others. */
export function findInJson(value: unknown, text: string): { matches: JsonMatch[]; more: boolean } {
  const wanted = text.toLowerCase();
  const matches: JsonMatch[] = [];
  if (wanted === '') return { matches, more: false };
  const stack: Place[] = [{ name: '', index: 0, value, parent: null }];
  for (let visited = 0; stack.length > 0; visited += 1) {
    if (visited >= maxVisited || matches.length >= maxMatches) return { matches, more: true };
    const place = stack.pop();
    if (!place) break;
    if (fits(place, wanted)) matches.push(toMatch(place));
    if (!isContainer(place.value)) continue;
    const entries = entriesOf(place.value);
    for (let index = countOf(place.value) - 1; index >= 0; index -= 1) {
      const [name, item] = entries[index] ?? ['', undefined];
      stack.push({ name, index, value: item, parent: place });
    }
  }
  return { matches, more: false };
}

function fits({ name, value, parent }: Place, wanted: string): boolean {
  // The place in a list is no name that somebody gave.
  if (parent && !Array.isArray(parent.value) && name.toLowerCase().includes(wanted)) return true;
  if (isContainer(value)) return false;
  return (typeof value === 'string' ? value : String(value)).toLowerCase().includes(wanted);
}

function toMatch(place: Place): JsonMatch {
  const chain: Place[] = [];
  for (let at: Place | null = place; at?.parent; at = at.parent) chain.unshift(at);
  let pointer = '';
  const inside = chain.map(({ name, index }) => {
    const container = { pointer, index };
    pointer = childPointer(pointer, name);
    return container;
  });
  return { pointer, inside };
}
