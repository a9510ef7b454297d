import type { FieldError } from '#lib/errors';
import type { JsonSchema } from '#lib/tasks/types';
import { childPointer } from './pointer.ts';
import { asSchema, asSchemas, isNull, isObject, resolve, typesOf } from './schema.ts';
import { checkNumber, checkString } from './validate-scalar.ts';

/** A schema may refer to itself; a value that deep is not typed into a form. */
const maxDepth = 64;

type Context = { root: JsonSchema; pointer: string; depth: number };

/**
 * Checks a value against a JSON Schema as far as a form needs it, in words for people. The API has the last word: it
 * checks with Ajv, which cannot run here, since it writes code and the page's policy forbids that.
 */
export const validate = (schema: JsonSchema, value: unknown): FieldError[] =>
  check(schema, value, { root: schema, pointer: '', depth: 0 });

function check(unresolved: JsonSchema, value: unknown, context: Context): FieldError[] {
  if (context.depth > maxDepth) return [];
  const schema = resolve(unresolved, context.root);
  const error = (message: string): FieldError[] => [{ pointer: context.pointer, message }];

  if ('const' in schema && !sameJson(schema['const'], value))
    return error(`Must be ${JSON.stringify(schema['const'])}.`);
  if (Array.isArray(schema['enum']) && !schema['enum'].some((option) => sameJson(option, value))) {
    return error(`Must be one of ${schema['enum'].map((option) => JSON.stringify(option)).join(', ')}.`);
  }
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => hasType(value, type)))
    return error(`Must be ${types.map((type) => typeNames[type] ?? type).join(' or ')}.`);

  return [
    ...(typeof value === 'string' ? checkString(schema, value).flatMap(error) : []),
    ...(typeof value === 'number' ? checkNumber(schema, value).flatMap(error) : []),
    ...(Array.isArray(value) ? checkArray(schema, value, context) : []),
    ...(isObject(value) ? checkObject(schema, value, context) : []),
    // A text with two patterns arrives as both of them joined; what describes it stands beside.
    ...asSchemas(schema['allOf']).flatMap((part) =>
      check({ description: schema['description'], ...part }, value, deeper(context)),
    ),
    ...checkUnion(asSchemas(schema['anyOf']), value, context, false),
    ...checkUnion(asSchemas(schema['oneOf']), value, context, true),
  ];
}

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function checkObject(schema: JsonSchema, value: Record<string, unknown>, context: Context): FieldError[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const extra = schema['additionalProperties'];
  const missing = required.filter((name) => value[name] === undefined);
  return [
    ...missing.map((name) => ({ pointer: childPointer(context.pointer, name), message: 'Required.' })),
    ...Object.entries(value).flatMap(([name, item]) => {
      const child = { ...deeper(context), pointer: childPointer(context.pointer, name) };
      if (item === undefined) return [];
      if (Object.hasOwn(properties, name)) return check(asSchema(properties[name]), item, child);
      if (extra === false) return [{ pointer: child.pointer, message: 'Is not a known field.' }];
      return isObject(extra) ? check(extra, item, child) : [];
    }),
  ];
}

function checkArray(schema: JsonSchema, value: unknown[], context: Context): FieldError[] {
  const { minItems, maxItems, items } = schema;
  const tuple = asSchemas(schema['prefixItems']);
  const errors: FieldError[] = [];
  if (typeof minItems === 'number' && value.length < minItems)
    errors.push({ pointer: context.pointer, message: `Needs at least ${minItems}.` });
  if (typeof maxItems === 'number' && value.length > maxItems)
    errors.push({ pointer: context.pointer, message: `At most ${maxItems} are allowed.` });
  const inItems = value.flatMap((item, index) => {
    const itemSchema = tuple[index] ?? (isObject(items) ? items : undefined);
    return itemSchema
      ? check(itemSchema, item, { ...deeper(context), pointer: childPointer(context.pointer, String(index)) })
      : [];
  });
  return [...errors, ...inItems];
}

/** When no alternative fits, the errors of the one that the value most looks like are the useful ones. */
function checkUnion(options: JsonSchema[], value: unknown, context: Context, exactlyOne: boolean): FieldError[] {
  if (options.length === 0) return [];
  const results = options.map((option) => check(option, value, deeper(context)));
  const fitting = results.filter((errors) => errors.length === 0).length;
  if (fitting === 1 || (fitting > 1 && !exactlyOne)) return [];
  const names = namesRequired(options);
  if (names)
    return [{ pointer: context.pointer, message: `Give ${fitting > 1 ? 'only ' : ''}one of these: ${names}.` }];
  if (fitting > 1)
    return [{ pointer: context.pointer, message: 'Fits more than one of the forms of which only one is allowed.' }];
  const candidates = options.flatMap((option, index) => {
    const errors = results[index] ?? [];
    const wrongType = errors.some(({ pointer }) => pointer === context.pointer);
    return isNull(resolve(option, context.root)) || wrongType ? [] : [errors];
  });
  const closest = candidates.sort((a, b) => a.length - b.length)[0];
  if (closest) return closest;
  const [only, ...others] = results.filter((_, index) => !isNull(resolve(asSchema(options[index]), context.root)));
  return only && others.length === 0
    ? only
    : [{ pointer: context.pointer, message: 'Does not fit any of the allowed forms.' }];
}

/** The fields that alternatives ask for, if that is all they do: "file, url". */
function namesRequired(options: JsonSchema[]): string | null {
  const names = options.map(({ required, ...others }) =>
    Object.keys(others).length === 0 && Array.isArray(required) ? required.join(' and ') : null,
  );
  return names.every((name) => name !== null) ? names.join(', ') : null;
}

const deeper = (context: Context): Context => ({ ...context, depth: context.depth + 1 });

const sameJson = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
