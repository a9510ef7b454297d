export type JsonContainer = unknown[] | Record<string, unknown>;

export const isContainer = (value: unknown): value is JsonContainer => typeof value === 'object' && value !== null;

export const entriesOf = (value: JsonContainer): [string, unknown][] =>
  Array.isArray(value) ? value.map((item, index) => [String(index), item]) : Object.entries(value);

/** "3 items", "1 field": what a collapsed value holds. */
export function sizeText(value: JsonContainer): string {
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  const unit = Array.isArray(value) ? 'item' : 'field';
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
