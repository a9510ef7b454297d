import { entriesOf, isContainer, type JsonContainer } from './entries.ts';

/** One place at which two JSON values differ; `path` reads `user.tags.0`, and is empty for the whole value. */
export type JsonChange = { path: string } & (
  | { kind: 'added'; after: unknown }
  | { kind: 'removed'; before: unknown }
  | { kind: 'changed'; before: unknown; after: unknown }
);

/** Below this depth values are compared as a whole. */
const maxDepth = 64;

/** What changed from `before` to `after`, in the order of the fields. Items of a list are compared by their place. */
export function diffJson(before: unknown, after: unknown, path: readonly string[] = []): JsonChange[] {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return before === after ? [] : [{ path: path.join('.'), kind: 'changed', before, after }];
  }
  if (path.length >= maxDepth) {
    const same = JSON.stringify(before) === JSON.stringify(after);
    return same ? [] : [{ path: path.join('.'), kind: 'changed', before, after }];
  }
  return diffMembers(before, after, path);
}

function diffMembers(before: JsonContainer, after: JsonContainer, path: readonly string[]): JsonChange[] {
  const old = new Map(entriesOf(before));
  const next = new Map(entriesOf(after));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((name): JsonChange[] => {
    const inside = [...path, name];
    if (!old.has(name)) return [{ path: inside.join('.'), kind: 'added', after: next.get(name) }];
    if (!next.has(name)) return [{ path: inside.join('.'), kind: 'removed', before: old.get(name) }];
    return diffJson(old.get(name), next.get(name), inside);
  });
}
