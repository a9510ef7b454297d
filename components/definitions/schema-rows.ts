import type { JsonSchema } from '#lib/tasks/types';
import { optionLabel } from '../forms/field.ts';
import { asSchema, asSchemas, isNull, isObject, resolve, typesOf, withoutNull } from '../forms/schema.ts';

/** One field of a payload, as a person reads about it. */
export type SchemaRow = {
  /** `user.name`; `steps[].ms` for the items of a list. Empty for a payload that is no object. */
  path: string;
  type: string;
  required: boolean;
  /** What a value must keep to, and the default: "1 to 20 characters". */
  limits: string[];
  description: string | null;
};

/** A schema may refer to itself; deeper fields are read in the JSON. */
const maxDepth = 6;

/** All fields of a payload's schema, each after the one that holds it. */
export const schemaRows = (root: JsonSchema): SchemaRow[] => membersOf(root, root, '', 0);

function rowsOf(unresolved: JsonSchema, root: JsonSchema, path: string, required: boolean, depth: number): SchemaRow[] {
  const { schema, nullable } = withoutNull(unresolved, root);
  const type = typeText(schema, root);
  const row: SchemaRow = {
    path,
    type: nullable ? `${type} or nothing` : type,
    required,
    limits: limitsOf(schema),
    description: typeof schema['description'] === 'string' ? schema['description'] : null,
  };
  return [row, ...membersOf(schema, root, path, depth + 1)];
}

function membersOf(unresolved: JsonSchema, root: JsonSchema, path: string, depth: number): SchemaRow[] {
  if (depth > maxDepth) return [];
  const schema = resolve(unresolved, root);
  const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  return [
    ...properties.flatMap(([name, property]) =>
      rowsOf(asSchema(property), root, inside(name), required.includes(name), depth),
    ),
    ...(isObject(schema['items']) ? membersOf(schema['items'], root, `${path}[]`, depth + 1) : []),
    ...optionsOf(schema, root).flatMap((option, index) =>
      membersOf(option, root, `${path} (${optionLabel(option, root, index)})`.trimStart(), depth + 1),
    ),
  ];
}

const optionsOf = (schema: JsonSchema, root: JsonSchema): JsonSchema[] =>
  [...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf'])]
    .map((option) => resolve(option, root))
    .filter((option) => !isNull(option));

const formats: Record<string, string> = {
  textarea: 'text',
  'taskdeck-file': 'file',
  email: 'e-mail address',
  uri: 'web address',
  date: 'date',
  'date-time': 'date and time',
};

const types: Record<string, string> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  object: 'object',
};

function typeText(schema: JsonSchema, root: JsonSchema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return `one of ${schema['enum'].map((value) => JSON.stringify(value)).join(', ')}`;
  const options = optionsOf(schema, root).filter((option) => typesOf(option).length > 0 || 'const' in option);
  if (options.length > 0) return [...new Set(options.map((option) => typeText(option, root)))].join(' or ');
  const names = typesOf(schema).map((type) => {
    if (type === 'array') return `list of ${typeText(resolve(asSchema(schema['items']), root), root)}`;
    return (type === 'string' ? formats[String(schema['format'])] : undefined) ?? types[type] ?? type;
  });
  return names.join(' or ') || 'anything';
}

function limitsOf(schema: JsonSchema): string[] {
  return [
    rangeText(schema['minLength'], schema['maxLength'], 'character'),
    rangeText(schema['minItems'], schema['maxItems'], 'item'),
    rangeText(schema['minimum'], schema['maximum']),
    typeof schema['pattern'] === 'string' ? `matches ${schema['pattern']}` : null,
    'default' in schema ? `default ${JSON.stringify(schema['default'])}` : null,
  ].filter((limit) => limit !== null);
}

/** zod writes the largest safe integers where the author set no bound. */
const bound = (value: unknown): number | null =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;

function rangeText(least: unknown, most: unknown, unit?: string): string | null {
  const [min, max] = [bound(least), bound(most)];
  const counted = (amount: number) => (unit ? `${amount} ${unit}${amount === 1 ? '' : 's'}` : String(amount));
  if (min === null) return max === null ? null : `at most ${counted(max)}`;
  if (max === null) return min === 0 && unit ? null : `at least ${counted(min)}`;
  return min === max ? `exactly ${counted(min)}` : `${min} to ${counted(max)}`;
}
