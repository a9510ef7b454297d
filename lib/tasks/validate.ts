import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '#lib/errors';
import type { DefinitionInfo, JsonSchema } from './types.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false, verbose: true });
addFormats.default(ajv);

/** Compiling takes milliseconds, so a schema is compiled once for as long as it stays the same. */
const compiled = new Map<string, { schema: string; validate: ValidateFunction }>();

function validator(definition: Pick<DefinitionInfo, 'name' | 'payloadSchema'>): ValidateFunction {
  const schema = JSON.stringify(definition.payloadSchema);
  const known = compiled.get(definition.name);
  if (known?.schema === schema) return known.validate;
  const validate = ajv.compile(definition.payloadSchema satisfies JsonSchema);
  compiled.set(definition.name, { schema, validate });
  return validate;
}

/** Ajv points at the object that lacks or has a property; a person wants the property itself. */
function pointerOf(error: ErrorObject): string {
  const missing: unknown = error.params['missingProperty'] ?? error.params['additionalProperty'];
  if (typeof missing !== 'string') return error.instancePath;
  return `${error.instancePath}/${missing.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function messageOf(error: ErrorObject): string {
  if (error.keyword === 'required') return 'is required';
  if (error.keyword === 'additionalProperties') return 'is not a known field';
  if (error.keyword === 'enum')
    return `must be one of ${(error.params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
  // A regular expression tells a person nothing; the field's own description does.
  const description: unknown = error.parentSchema?.['description'];
  if (error.keyword === 'pattern' && typeof description === 'string') return `does not fit: ${description}`;
  return error.message ?? 'is not valid';
}

/** The fields of a payload that its definition refuses, each by JSON pointer; none when it is right. At most 50. */
export function payloadErrors(
  definition: Pick<DefinitionInfo, 'name' | 'payloadSchema'>,
  payload: unknown,
): FieldError[] {
  const validate = validator(definition);
  if (validate(payload)) return [];
  const errors = (validate.errors ?? []).map((error) => ({ pointer: pointerOf(error), message: messageOf(error) }));
  return errors.slice(0, 50);
}
