import type { JsonSchema } from '#lib/tasks/types';
import { asSchema, asSchemas, isObject, merged, resolve, typesOf, withoutNull } from './schema.ts';

/** Which control edits a value. `json` is for whatever has no control of its own. */
export type FieldKind =
  | { kind: 'text' | 'textarea' | 'datetime' | 'number' | 'boolean' | 'map' | 'json' }
  | { kind: 'file'; accept: string }
  | { kind: 'const'; value: unknown }
  | { kind: 'choice'; options: { value: unknown; label: string }[] }
  | { kind: 'list'; items: JsonSchema }
  | { kind: 'object'; properties: [name: string, schema: JsonSchema][]; required: string[] }
  | { kind: 'union'; options: JsonSchema[] };

/** Decides how a schema is edited. */
export function fieldKind(unresolved: JsonSchema, root: JsonSchema): FieldKind {
  const schema = merged(withoutNull(unresolved, root).schema, root);
  if ('const' in schema) return { kind: 'const', value: schema['const'] };
  if (Array.isArray(schema['enum']))
    return { kind: 'choice', options: schema['enum'].map((value) => ({ value, label: labelOf(value) })) };

  const options = [...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf'])].map((option) => resolve(option, root));
  if (options.some((option) => !isCondition(option))) return unionKind(options);

  const [type, ...others] = typesOf(schema);
  if (type && others.length > 0) return unionKind([type, ...others].map((one) => ({ ...schema, type: one })));
  if (type === 'string') return textKind(schema);
  if (type === 'number' || type === 'integer') return { kind: 'number' };
  if (type === 'boolean') return { kind: 'boolean' };
  if (type === 'array' && isObject(schema['items']) && !schema['prefixItems'])
    return { kind: 'list', items: schema['items'] };
  if (type === 'object' && isObject(schema['properties'])) return objectKind(schema, schema['properties']);
  if (type === 'object' && typesOf(asSchema(schema['additionalProperties']))[0] === 'string') return { kind: 'map' };
  return { kind: 'json' };
}

/** An alternative that only says which fields must be there describes no form of its own. */
const isCondition = (option: JsonSchema): boolean =>
  Object.keys(option).every((keyword) => keyword === 'required' || keyword === 'not');

function unionKind(options: JsonSchema[]): FieldKind {
  const constants = options.filter((option) => 'const' in option);
  if (constants.length < options.length) return { kind: 'union', options };
  return {
    kind: 'choice',
    options: constants.map((option) => ({
      value: option['const'],
      label: typeof option['title'] === 'string' ? option['title'] : labelOf(option['const']),
    })),
  };
}

function textKind(schema: JsonSchema): FieldKind {
  if (schema['format'] === 'taskdeck-file') return { kind: 'file', accept: acceptOf(schema['accept']) };
  if (schema['format'] === 'date-time') return { kind: 'datetime' };
  return { kind: schema['format'] === 'textarea' ? 'textarea' : 'text' };
}

function objectKind(schema: JsonSchema, properties: Record<string, unknown>): FieldKind {
  return {
    kind: 'object',
    properties: Object.entries(properties).filter((entry): entry is [string, JsonSchema] => isObject(entry[1])),
    required: Array.isArray(schema['required']) ? (schema['required'] as string[]) : [],
  };
}

function acceptOf(accept: unknown): string {
  if (Array.isArray(accept)) return accept.join(',');
  return typeof accept === 'string' ? accept : '';
}

const labelOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What to call one alternative of a union. */
export function optionLabel(option: JsonSchema, root: JsonSchema, index: number): string {
  if (typeof option['title'] === 'string') return option['title'];
  const properties = isObject(option['properties']) ? Object.values(option['properties']).filter(isObject) : [];
  const discriminator = properties
    .map((property) => resolve(property, root)['const'])
    .find((value) => typeof value === 'string');
  if (typeof discriminator === 'string') return discriminator;
  const [type] = typesOf(option);
  return (
    {
      string: 'Text',
      number: 'Number',
      integer: 'Whole number',
      boolean: 'Yes or no',
      array: 'List',
      object: 'Object',
    }[type ?? ''] ?? `Form ${index + 1}`
  );
}
