import { z } from 'zod';
import type { JsonSchema } from '#lib/tasks/types';

export type SchemaSet = {
  /** The named schemas, for `components.schemas`. */
  components: Record<string, JsonSchema>;
  /** The JSON Schema of one of the schemas that were given; what has a name is referred to by it. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
};

/** The name of the schema that is asked for, among the named ones; no component may be called so. */
const wanted = '(wanted)';

const refTo = (name: string) => `#/components/schemas/${name}`;

/**
 * Writes zod schemas as JSON Schema 2020-12. Each of `named` is written once and referred to everywhere else.
 *
 * @param named by the name it shall have in the document.
 */
export function createSchemaSet(named: Record<string, z.ZodType>): SchemaSet {
  const names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]));

  /** All named schemas, and perhaps one more, in one pass: so zod refers from one to the other. */
  function write(extra: z.ZodType | undefined, io: 'input' | 'output'): Record<string, JsonSchema> {
    const registry = z.registry<{ id: string }>();
    for (const [schema, id] of names) registry.add(schema, { id });
    if (extra) registry.add(extra, { id: wanted });
    return z.toJSONSchema(registry, { io, uri: refTo, unrepresentable: 'any', override }).schemas as Record<
      string,
      JsonSchema
    >;
  }

  const components = mapValues(write(undefined, 'output'), withoutIdentity);
  const shared = new Map<string, string>();

  /** Zod puts what refers to itself and has no name into a place of its own; here it becomes a component. */
  function adopt(text: string, defs: Record<string, JsonSchema>): string {
    return Object.entries(defs).reduce((adopted, [key, def]) => {
      const ref = `${refTo('__shared')}#/$defs/${key}`;
      const written = JSON.stringify(def);
      const content = written.replaceAll(ref, '');
      const name = shared.get(content) ?? `Shared${shared.size + 1}`;
      shared.set(content, name);
      components[name] = JSON.parse(written.replaceAll(ref, refTo(name))) as JsonSchema;
      return adopted.replaceAll(ref, refTo(name));
    }, text);
  }

  return {
    components,
    of(schema, io) {
      const name = names.get(schema);
      if (name !== undefined) return { $ref: refTo(name) };
      const { [wanted]: own, __shared: unnamed } = write(schema, io);
      const text = JSON.stringify(withoutIdentity(own));
      return JSON.parse(adopt(text, (unnamed?.['$defs'] ?? {}) as Record<string, JsonSchema>)) as JsonSchema;
    },
  };
}

const withoutIdentity = ({ $id: _id, $schema: _schema, ...schema }: JsonSchema = {}): JsonSchema => schema;

const mapValues = <In, Out>(record: Record<string, In>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** Leaves out what a reader gains nothing from, and what would forbid us to add a field to an answer one day. */
function override({
  jsonSchema,
  zodSchema,
}: {
  jsonSchema: z.core.JSONSchema.BaseSchema;
  zodSchema: z.core.$ZodTypes;
}) {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  const { def } = zodSchema._zod;
  if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
}
