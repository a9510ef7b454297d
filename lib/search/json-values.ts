import { pathKey } from './words.ts';

/** Characters that a path may have. */
export const maxPath = 200;

/**
 * The texts, numbers and booleans of a JSON value, in order, with the paths that lead to them: `user.id`; '' for the value itself, null
 * where it is longer than anybody asks for. An array's index is no part of a path. A list instead of recursion: JSON may be deep.
 */
export function* valuesOf(json: unknown): Generator<{ text: string; path: string | null }> {
  const rest: { value: unknown; path: string | null }[] = [{ value: json, path: '' }];
  for (let item = rest.pop(); item; item = rest.pop()) {
    const { value, path } = item;
    if (value === null || value === undefined) continue;
    if (typeof value !== 'object') yield { text: String(value), path };
    else if (Array.isArray(value)) for (const each of value.toReversed()) rest.push({ value: each, path });
    else
      for (const [key, each] of Object.entries(value).toReversed()) rest.push({ value: each, path: below(path, key) });
  }
}

function below(path: string | null, key: string): string | null {
  if (path === null) return null;
  const longer = path === '' ? pathKey(key) : `${path}.${pathKey(key)}`;
  return longer.length <= maxPath ? longer : null;
}
