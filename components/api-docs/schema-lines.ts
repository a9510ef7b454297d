import type { JsonSchema } from '#lib/tasks/types';

/** A part of a type's text; `ref` names a schema of the document. */
export type TypePart = string | { ref: string };

/** One field of a schema, as a programmer reads about it. */
export type SchemaLine = { depth: number; name: string; optional: boolean; type: TypePart[]; notes: string[] };

/** The fields of a schema, each before those that it holds; for a schema that is no object, one line without a name. */
export function schemaLines(schema: JsonSchema): SchemaLine[] {
  const fields = fieldsOf(schema, 0);
  return fields.length > 0 ? fields : [{ depth: 0, name: '', optional: false, type: typeOf(schema), notes: [] }];
}

function fieldsOf(schema: JsonSchema, depth: number): SchemaLine[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asSchema(schema['properties'])).flatMap(([name, value]) => {
    const field = asSchema(value);
    const line = { depth, name, optional: !required.includes(name), type: typeOf(field), notes: notesOf(field) };
    return [line, ...fieldsOf(inner(field), depth + 1)];
  });
}

/** What of a field has fields itself: it, its items, or what it is when it is not null. */
function inner(field: JsonSchema): JsonSchema {
  if (field['items']) return inner(asSchema(field['items']));
  return optionsOf(field).find((option) => option['properties']) ?? field;
}

const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};

const optionsOf = (schema: JsonSchema): JsonSchema[] => {
  const options = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(options) ? options.map(asSchema) : [];
};

/** A type in the notation of TypeScript, as far as JSON Schema can be said in it. */
function typeOf(schema: JsonSchema): TypePart[] {
  if (typeof schema['$ref'] === 'string') return [{ ref: schema['$ref'].split('/').at(-1) ?? '' }];
  if ('const' in schema) return [JSON.stringify(schema['const'])];
  if (Array.isArray(schema['enum'])) return [schema['enum'].map((value) => JSON.stringify(value)).join(' | ')];
  const options = optionsOf(schema);
  if (options.length > 0) return options.flatMap((option, index) => [...(index > 0 ? [' | '] : []), ...typeOf(option)]);
  if (schema['type'] === 'array') return listOf(typeOf(asSchema(schema['items'])));
  if (schema['type'] === 'object' && !schema['properties'] && schema['additionalProperties'])
    return ['Record<string, ', ...typeOf(asSchema(schema['additionalProperties'])), '>'];
  if (typeof schema['format'] === 'string') return [schema['format']];
  return [typeof schema['type'] === 'string' ? schema['type'] : 'any'];
}

const listOf = (item: TypePart[]): TypePart[] =>
  item.some((part) => typeof part === 'string' && part.includes(' | ')) ? ['(', ...item, ')[]'] : [...item, '[]'];

function notesOf(schema: JsonSchema): string[] {
  return [
    between(schema['minLength'], schema['maxLength'], ' characters'),
    between(schema['minItems'], schema['maxItems'], ' items'),
    between(schema['minimum'], schema['maximum'], ''),
    'default' in schema ? `default ${JSON.stringify(schema['default'])}` : null,
    typeof schema['description'] === 'string' ? schema['description'] : null,
  ].filter((note) => note !== null);
}

function between(least: unknown, most: unknown, unit: string): string | null {
  if (typeof least === 'number' && typeof most === 'number') return `${least} to ${most}${unit}`;
  if (typeof most === 'number') return `at most ${most}${unit}`;
  return typeof least === 'number' ? `at least ${least}${unit}` : null;
}
