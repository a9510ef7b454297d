import { z } from 'zod';

// The part of the OpenAPI 3.1 format that our document uses, written after https://spec.openapis.org/oas/v3.1.1.html.
// Closed: a misspelt or misplaced key is refused. Add a key here when the document needs one.

/** A JSON Schema; Ajv judges those. */
const schema = z.record(z.string(), z.unknown());
const reference = z.strictObject({ $ref: z.string().startsWith('#/components/') });
const content = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'is no media type'),
  z.strictObject({ schema: schema.optional(), example: z.unknown().optional() }),
);
const response = z.strictObject({ description: z.string().min(1), content: content.optional() });
const componentName = z.string().regex(/^[a-zA-Z0-9._-]+$/);

const parameter = z
  .strictObject({
    name: z.string().min(1),
    in: z.enum(['path', 'query', 'header']),
    required: z.boolean(),
    description: z.string().optional(),
    schema,
  })
  .refine((one) => one.in !== 'path' || one.required, 'a path parameter is required');

const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  tags: z.array(z.string()).min(1),
  summary: z.string().min(1).max(100),
  description: z.string().optional(),
  'x-required-role': z.enum(['viewer', 'operator', 'admin', 'public']),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z
    .record(z.string().regex(/^([1-5]\d\d|default)$/), z.union([reference, response]))
    .refine((all) => Object.keys(all).some((status) => status.startsWith('2')), 'has no success'),
});

export const openApiFormat = z.strictObject({
  openapi: z.literal('3.1.1'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({
      get: operation.optional(),
      post: operation.optional(),
      put: operation.optional(),
      patch: operation.optional(),
      delete: operation.optional(),
    }),
  ),
  components: z.strictObject({
    schemas: z.record(componentName, schema),
    responses: z.record(componentName, response),
    securitySchemes: z.record(
      componentName,
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: z.string() }),
    ),
  }),
});
