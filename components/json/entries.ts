export type JsonContainer = unknown[] | Record<string, unknown>;

export const isContainer = (value: unknown): value is JsonContainer => typeof value === 'object' && value !== null;

export const entriesOf = (value: JsonContainer): [string, unknown][] => firstEntries(value, Infinity);

/** The first members of a container: of a hundred thousand only those that are drawn are made. */
export const firstEntries = (value: JsonContainer, count: number): [string, unknown][] =>
  Array.isArray(value)
    ? value.slice(0, count).map((item, index) => [String(index), item])
    : Object.keys(value)
        .slice(0, count)
        .map((name) => [name, value[name]]);

export const countOf = (value: JsonContainer): number =>
  Array.isArray(value) ? value.length : Object.keys(value).length;

/** "3 items", "1 field": what a collapsed value holds. */
export function sizeText(value: JsonContainer): string {
  const count = countOf(value);
  const unit = Array.isArray(value) ? 'item' : 'field';
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
