import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { httpMethods, type Operation } from '#lib/openapi/types';
import { openApiFormat } from '../../lib/openapi/testing/openapi-format.ts';
import { declared, type DeclaredHandler } from './handle.ts';
import { apiDocument } from './openapi.ts';

const document = apiDocument();
const operations: [string, Operation][] = Object.entries(document.paths).flatMap(([path, methods]) =>
  httpMethods.flatMap((method): [string, Operation][] => {
    const operation = methods[method];
    return operation ? [[`${method.toUpperCase()} ${path}`, operation]] : [];
  }),
);

/** Every reference in a value, whatever its depth. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi');

/** The validator of the schema at this place in the document. @throws Error when it is no valid JSON Schema. */
function validatorAt(...path: string[]): ValidateFunction {
  const pointer = path.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = ajv.getSchema(`openapi#/${pointer}`);
  if (!validate) throw new Error(`there is no schema at ${path.join(' ')}`);
  return validate;
}

test('has the form of OpenAPI 3.1', () => {
  expect(openApiFormat.safeParse(document).error?.issues ?? []).toEqual([]);
});

test('refers only to what is there', () => {
  const missing = refsIn(document).filter((ref) => at(ref) === undefined);
  expect(missing).toEqual([]);
});

test('has every route of the API, with the role it asks for', async () => {
  const root = join(process.cwd(), 'app/api');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    // The catch-all answers what is no route; the document does not describe itself.
    .filter((file) => !file.startsWith('[[...rest]]') && !file.startsWith('openapi.json'));
  const onDisk: string[] = [];
  for (const file of files) {
    const handlers = Object.entries((await import(join(root, file))) as Record<string, DeclaredHandler>);
    for (const [method, handler] of handlers)
      onDisk.push(
        `${method} /api/${file.replace('/route.ts', '').replaceAll(/\[(\w+)\]/g, '{$1}')} ${handler[declared].role}`,
      );
  }
  expect(operations.map(([name, operation]) => `${name} ${operation['x-required-role']}`).sort()).toEqual(
    onDisk.sort(),
  );
});

test('gives each operation an id of its own', () => {
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(Object.keys(document.components.schemas))('the schema %s is valid JSON Schema', (name) => {
  expect(validatorAt('components', 'schemas', name)).toBeInstanceOf(Function);
});

test.each(operations)('%s: its schemas are valid, and its example fits the body', (name, operation) => {
  const [method = '', path = ''] = name.split(' ');
  const place = ['paths', path, method.toLowerCase()];
  for (const index of operation.parameters.keys()) validatorAt(...place, 'parameters', String(index), 'schema');
  for (const [status, response] of Object.entries(operation.responses)) {
    const content = 'content' in response ? (response.content ?? {}) : {};
    for (const [type, { schema }] of Object.entries(content))
      if (schema) validatorAt(...place, 'responses', status, 'content', type, 'schema');
  }
  const body = operation.requestBody?.content['application/json'];
  if (!body) return;
  expect(body).toHaveProperty('example');
  const validate = validatorAt(...place, 'requestBody', 'content', 'application/json', 'schema');
  expect(validate(body.example) ? [] : validate.errors).toEqual([]);
});
