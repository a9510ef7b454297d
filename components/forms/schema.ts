import type { JsonSchema } from '#lib/tasks/types';
import { pointerNames } from './pointer.ts';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asSchema = (value: unknown): JsonSchema => (isObject(value) ? value : {});
export const asSchemas = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isObject) : []);

const maxReferences = 32;

/** Follows `$ref` within the document; what stands beside the reference overrides. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let at = schema;
  for (let hops = 0; typeof at['$ref'] === 'string' && hops < maxReferences; hops += 1) {
    const { $ref, ...beside } = at;
    at = { ...lookUp(root, $ref as string), ...beside };
  }
  return at;
}

function lookUp(root: JsonSchema, reference: string): JsonSchema {
  if (!reference.startsWith('#')) return {};
  return asSchema(
    pointerNames(reference.slice(1)).reduce<unknown>(
      (at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined),
      root,
    ),
  );
}

/** The types that a schema allows; none means any. */
export function typesOf(schema: JsonSchema): string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((one) => typeof one === 'string') : [];
}

export const isNull = (schema: JsonSchema): boolean => schema['type'] === 'null' || schema['const'] === null;

/** `nullable(x)` arrives as "x or null": the x, and whether null may stand for it. */
export function withoutNull(schema: JsonSchema, root: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const resolved = resolve(schema, root);
  const types = typesOf(resolved);
  if (types.includes('null') && types.length > 1) {
    const rest = types.filter((type) => type !== 'null');
    return { schema: { ...resolved, type: rest.length === 1 ? rest[0] : rest }, nullable: true };
  }
  const { anyOf, ...beside } = resolved;
  const options = asSchemas(anyOf);
  const others = options.filter((option) => !isNull(resolve(option, root)));
  if (others.length === options.length) return { schema: resolved, nullable: false };
  const [only, ...more] = others;
  return {
    schema: only && more.length === 0 ? { ...resolve(only, root), ...beside } : { ...beside, anyOf: others },
    nullable: true,
  };
}

/** Objects that are joined by `allOf`, as intersections arrive, as one object. */
export function merged(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema {
  const parts = asSchemas(schema['allOf']).map((part) => resolve(part, root));
  // A schema may be joined with itself.
  if (parts.length === 0 || depth > maxReferences) return schema;
  return joined(
    schema,
    parts.map((part) => merged(part, root, depth + 1)),
  );
}

function joined(schema: JsonSchema, parts: JsonSchema[]): JsonSchema {
  if (!parts.every((part) => isObject(part['properties']))) return schema;
  const { allOf: _, ...own } = schema;
  const all = [own, ...parts];
  return {
    ...own,
    type: 'object',
    properties: Object.assign({}, ...all.map((part) => asSchema(part['properties']))) as unknown,
    required: all.flatMap((part) => (Array.isArray(part['required']) ? (part['required'] as string[]) : [])),
  };
}

/** "maxRetryCount" and "max_retry_count" read "Max retry count". */
export function titleOf(schema: JsonSchema, name: string): string {
  if (typeof schema['title'] === 'string') return schema['title'];
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a new field starts with: its default, its constant, or the emptiest value of its type. */
export function startingValue(unresolved: JsonSchema, root: JsonSchema, depth = 0): unknown {
  const { schema: whole, nullable } = withoutNull(unresolved, root);
  const schema = merged(whole, root);
  if ('default' in schema) return schema['default'];
  if ('const' in schema) return schema['const'];
  if (nullable) return null;
  if (schema['type'] === 'boolean') return false;
  if (schema['type'] === 'array') return [];
  if (schema['type'] !== 'object' || depth > 8) return undefined;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const members = Object.entries(properties)
    .filter(([name, property]) => required.includes(name) || 'default' in asSchema(property))
    .map(([name, property]) => [name, startingValue(asSchema(property), root, depth + 1)]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
