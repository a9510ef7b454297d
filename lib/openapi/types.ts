import type { z } from 'zod';
import type { Role } from '#lib/access/types';
import type { JsonSchema } from '#lib/tasks/types';

/** What a route says about itself for people and generators; it stands beside the route's code. */
export type RouteDoc = {
  /** One line in the imperative: "Cancel a task". */
  summary: string;
  description?: string;
  /** The parameters of the query, as they stand in a URL. */
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** The JSON body, by the schema that the route parses it with. */
  body?: z.ZodType;
  /** A body that is accepted. */
  example?: unknown;
  /** The fields of a multipart form, in the place of a JSON body. */
  form?: z.ZodObject;
  /** The status of success. @default 200 */
  status?: number;
  /** What success answers: JSON of this schema, another media type, or nothing. */
  response: z.ZodType | `${string}/${string}` | null;
};

export const httpMethods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** A method of a route, as `handle()` declares it. */
export type Endpoint = { method: HttpMethod; role: Role | 'public'; route: string; doc: RouteDoc };

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

/** By media type. */
export type Content = Record<string, { schema?: JsonSchema; example?: unknown }>;

export type Operation = {
  operationId: string;
  tags: [string];
  summary: string;
  description?: string;
  /** The least role that may call it. */
  'x-required-role': Role | 'public';
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { description: string; content?: Content } | { $ref: string }>;
};

/** An OpenAPI 3.1 document, as far as Taskdeck uses the format. */
export type OpenApiDocument = {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Partial<Record<HttpMethod, Operation>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, { description: string; content: Content }>;
    securitySchemes: Record<string, Record<string, string>>;
  };
};
