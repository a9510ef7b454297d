import type { z } from 'zod';
import { version } from '#lib/observability/index';
import type { JsonSchema } from '#lib/tasks/types';
import { createSchemaSet, type SchemaSet } from './json-schemas.ts';
import { namedSchemas } from './named-schemas.ts';
import { problemSchema } from './problem-schema.ts';
import type { Content, Endpoint, OpenApiDocument, Operation, Parameter } from './types.ts';

const description = `Every verb of Taskdeck over HTTP. A program sends an API key (\`Authorization: Bearer tdk_…\`, made in
Settings > API keys or by \`npm run key\`); a page sends its session cookie. Every refusal is RFC 9457 problem JSON whose \`errors\`
point at the fields.`;

/** The OpenAPI 3.1 document of these endpoints, in their order. */
export function openApiDocument(endpoints: Endpoint[]): OpenApiDocument {
  const schemas = createSchemaSet(namedSchemas);
  const paths: OpenApiDocument['paths'] = {};
  for (const endpoint of endpoints) {
    const path = pathOf(endpoint.route);
    paths[path] = { ...paths[path], [endpoint.method]: toOperation(endpoint, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Taskdeck', version, description },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ route }) => tagOf(route)))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      responses: {
        Problem: {
          description: 'A refusal: what happened, why, and what to do.',
          content: { 'application/problem+json': { schema: schemas.of(problemSchema, 'output') } },
        },
      },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: tdk_…' },
      },
    },
  };
}

/** Next's `[id]` is OpenAPI's `{id}`. */
const pathOf = (route: string): string => route.replaceAll(/\[(\w+)\]/g, '{$1}');

/** `/api/tasks/[id]/cancel` belongs to "tasks". */
const tagOf = (route: string): string => route.split('/')[2] ?? 'api';

/** `post /api/tasks/[id]/cancel` → `postTasksIdCancel`: unique, because method and path are. */
const operationId = ({ method, route }: Endpoint): string =>
  method +
  (route.replace('/api', '').match(/\w+/g) ?? []).map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');

function toOperation(endpoint: Endpoint, schemas: SchemaSet): Operation {
  const { role, route, doc } = endpoint;
  const content = requestContent(endpoint, schemas);
  return {
    operationId: operationId(endpoint),
    tags: [tagOf(route)],
    summary: doc.summary,
    ...(doc.description && { description: doc.description }),
    'x-required-role': role,
    security: role === 'public' ? [] : [{ apiKey: [] }],
    parameters: [
      ...[...route.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => pathParameter(name)),
      ...parametersOf(doc.query, 'query', schemas),
      ...parametersOf(doc.headers, 'header', schemas),
    ],
    ...(content && { requestBody: { required: true, content } }),
    responses: {
      [String(doc.status ?? 200)]: { description: 'Success.', ...responseContent(endpoint, schemas) },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function requestContent({ doc }: Endpoint, schemas: SchemaSet): Content | undefined {
  if (doc.form) return { 'multipart/form-data': { schema: schemas.of(doc.form, 'input') } };
  if (!doc.body) return undefined;
  const example = doc.example === undefined ? {} : { example: doc.example };
  return { 'application/json': { schema: schemas.of(doc.body, 'input'), ...example } };
}

function responseContent({ doc: { response } }: Endpoint, schemas: SchemaSet): { content?: Content } {
  if (response === null) return {};
  if (typeof response === 'string') return { content: { [response]: {} } };
  return { content: { 'application/json': { schema: schemas.of(response, 'output') } } };
}

/** Things are named by UUIDs in paths, except those that people name. */
const pathParameter = (name: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  schema: name === 'id' ? { type: 'string', format: 'uuid' } : { type: 'string' },
});

function parametersOf(object: z.ZodObject | undefined, where: 'query' | 'header', schemas: SchemaSet): Parameter[] {
  if (!object) return [];
  const { properties = {}, required = [] } = schemas.of(object, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema,
  }));
}
