import { z } from 'zod';
import { openApiDocument } from './document.ts';
import { taskSummarySchema } from './task-schemas.ts';
import type { Endpoint } from './types.ts';

type Change = Partial<Omit<Endpoint, 'doc'>> & { doc?: Partial<Endpoint['doc']> };

const endpoint = (change: Change): Endpoint => ({
  method: 'post',
  role: 'operator',
  route: '/api/things/[id]/name/[name]',
  ...change,
  doc: { summary: 'Do it', response: null, ...change.doc },
});

const operationOf = (one: Endpoint) => Object.values(openApiDocument([one]).paths)[0]?.[one.method];

test('names an operation by its method and path, and its parameters by the template', () => {
  const document = openApiDocument([endpoint({})]);
  expect(document.paths['/api/things/{id}/name/{name}']?.post).toMatchObject({
    operationId: 'postThingsIdNameName',
    tags: ['things'],
    'x-required-role': 'operator',
    security: [{ apiKey: [] }],
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
    ],
  });
});

test('asks for no key where everybody may call', () => {
  expect(operationOf(endpoint({ role: 'public' }))?.security).toEqual([]);
});

test('a body is what may be sent, an answer is what comes', () => {
  const schema = z.strictObject({ times: z.int().default(2), inner: z.strictObject({ a: z.int() }).optional() });
  const operation = operationOf(endpoint({ doc: { body: schema, example: {}, response: schema, status: 201 } }));
  expect(operation?.requestBody?.content['application/json']).toEqual({
    example: {},
    schema: {
      type: 'object',
      properties: {
        times: { type: 'integer', default: 2 },
        inner: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: false },
      },
      additionalProperties: false,
    },
  });
  expect(operation?.responses['201']).toMatchObject({
    content: { 'application/json': { schema: { required: ['times'] } } },
  });
});

test('an answer may gain fields one day, a map keeps what its values are', () => {
  const response = z.object({ counts: z.record(z.string(), z.int()) });
  const success = operationOf(endpoint({ doc: { response } }))?.responses['200'];
  expect(success).toMatchObject({
    content: {
      'application/json': { schema: { properties: { counts: { additionalProperties: { type: 'integer' } } } } },
    },
  });
  expect(JSON.stringify(success)).not.toContain('"additionalProperties":false');
});

test('a query becomes parameters, each with its description', () => {
  const query = z.strictObject({
    after: z.coerce.number().int().default(0).meta({ description: 'The last line that is known.' }),
    kind: z.enum(['a', 'b']),
  });
  expect(operationOf(endpoint({ method: 'get', route: '/api/things', doc: { query } }))?.parameters).toEqual([
    {
      name: 'after',
      in: 'query',
      required: false,
      description: 'The last line that is known.',
      schema: { type: 'integer', default: 0 },
    },
    { name: 'kind', in: 'query', required: true, schema: { type: 'string', enum: ['a', 'b'] } },
  ]);
});

test('what has a name stands once and is referred to', () => {
  const document = openApiDocument([endpoint({ doc: { response: z.object({ tasks: z.array(taskSummarySchema) }) } })]);
  expect(JSON.stringify(document.paths)).toContain('{"$ref":"#/components/schemas/TaskSummary"}');
  expect(document.components.schemas['TaskSummary']).toMatchObject({
    type: 'object',
    properties: { state: { $ref: '#/components/schemas/TaskState' } },
  });
});

test('another media type, a form, or nothing', () => {
  const form = z.object({ file: z.file() });
  const operation = operationOf(endpoint({ doc: { form, response: 'text/plain' } }));
  expect(operation?.requestBody?.content).toMatchObject({
    'multipart/form-data': { schema: { properties: { file: { type: 'string', format: 'binary' } } } },
  });
  expect(operation?.responses['200']).toEqual({ description: 'Success.', content: { 'text/plain': {} } });
  expect(operationOf(endpoint({ doc: { status: 204 } }))?.responses['204']).toEqual({ description: 'Success.' });
});

test('what refers to itself becomes a component', () => {
  const body = z.strictObject({ metadata: z.record(z.string(), z.json()) });
  const { components } = openApiDocument([endpoint({ doc: { body } }), endpoint({ method: 'put', doc: { body } })]);
  expect(components.schemas['Shared1']).toMatchObject({
    anyOf: expect.arrayContaining([{ type: 'array', items: { $ref: '#/components/schemas/Shared1' } }]),
  });
  expect(components.schemas).not.toHaveProperty('Shared2');
});
