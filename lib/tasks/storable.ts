/** What Postgres refuses in a text or jsonb, NUL and lone surrogates, becomes U+FFFD. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** For `JSON.stringify`: the same for all keys and texts of a value. */
export const storableKeys = (_: string, value: unknown): unknown => {
  if (typeof value === 'string') return storable(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner]));
};
