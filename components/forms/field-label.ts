import type { JsonSchema } from '#lib/tasks/types';
import { pointerNames } from './pointer.ts';
import { asSchema, asSchemas, isObject, merged, resolve, titleOf, withoutNull } from './schema.ts';

/** What the form calls the field at a JSON pointer, from the outermost inwards: "Recipients › Item 2". Empty for the whole. */
export function fieldLabel(root: JsonSchema, pointer: string): string {
  const labels: string[] = [];
  let at: JsonSchema | undefined = root;
  for (const name of pointerNames(pointer)) {
    const within: JsonSchema = merged(withoutNull(at ?? {}, root).schema, root);
    at = propertyOf(within, name, root);
    if (at) labels.push(titleOf(withoutNull(at, root).schema, name));
    else if (isObject(within['items'])) {
      at = within['items'];
      labels.push(`Item ${Number(name) + 1}`);
    } else labels.push(name);
  }
  return labels.join(' › ');
}

/** The schema of a property, also of one that only an alternative has. */
function propertyOf(schema: JsonSchema, name: string, root: JsonSchema): JsonSchema | undefined {
  const forms = [schema, ...asSchemas(schema['anyOf']), ...asSchemas(schema['oneOf'])];
  return forms
    .map((form) => asSchema(merged(resolve(form, root), root)['properties']))
    .filter((properties) => Object.hasOwn(properties, name))
    .map((properties) => asSchema(properties[name]))[0];
}
