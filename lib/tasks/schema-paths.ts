/** Paths of one schema, and how deep they go. */
const mostPaths = 200;
const maxDepth = 6;

/**
 * The paths of the values that a JSON Schema describes, as a search names them: `user.id`, an array's items under its own name. `$ref`
 * is not followed.
 */
export function schemaPaths(schema: unknown): string[] {
  const paths = new Set<string>();
  const visit = (node: unknown, path: string, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > maxDepth || paths.size >= mostPaths) return;
    const { properties, items, anyOf, oneOf, allOf } = node as Record<string, unknown>;
    const parts = [anyOf, oneOf, allOf].flatMap((each) => (Array.isArray(each) ? each : []));
    for (const part of parts) visit(part, path, depth + 1);
    if (items) visit(items, path, depth + 1);
    const named = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
    for (const [key, child] of named) visit(child, path === '' ? key : `${path}.${key}`, depth + 1);
    if (path !== '' && named.length === 0 && parts.length === 0 && !items) paths.add(path);
  };
  visit(schema, '', 0);
  return [...paths].slice(0, mostPaths);
}
