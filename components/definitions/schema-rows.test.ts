import { schemaRows } from './schema-rows.ts';

const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });

it('reads a field with its limits, default and description', () => {
  const message = { type: 'string', minLength: 1, maxLength: 20, default: 'Hi', description: 'What to say.' };
  expect(schemaRows(object({ message }, ['message']))).toEqual([
    {
      path: 'message',
      type: 'text',
      required: true,
      limits: ['1 to 20 characters', 'default "Hi"'],
      description: 'What to say.',
    },
  ]);
});

it.each([
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'whole number', ['at least 0']],
  [{ type: 'string', format: 'taskdeck-file' }, 'file', []],
  [{ enum: ['a', 'b'] }, 'one of "a", "b"', []],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text or nothing', []],
  [{ type: 'array', items: { type: 'number' }, maxItems: 1 }, 'list of number', ['at most 1 item']],
  [{ oneOf: [{ type: 'string' }, { type: 'boolean' }] }, 'text or yes or no', []],
  [{}, 'anything', []],
])('calls %j “%s”', (field, type, limits) => {
  expect(schemaRows(object({ field }))[0]).toMatchObject({ type, limits });
});

it('lists nested fields after the one that holds them', () => {
  const schema = object({
    user: object({ name: { type: 'string' } }),
    steps: { type: 'array', items: object({ ms: { type: 'number' } }) },
  });
  expect(schemaRows(schema).map(({ path }) => path)).toEqual(['user', 'user.name', 'steps', 'steps[].ms']);
});

it('names the form that a field belongs to', () => {
  const by = (kind: string, properties: object) => object({ kind: { const: kind }, ...properties });
  const schema = object({ auth: { oneOf: [by('basic', { user: {} }), by('token', { token: {} })] } });
  expect(schemaRows(schema).map(({ path }) => path)).toEqual([
    'auth',
    'auth (basic).kind',
    'auth (basic).user',
    'auth (token).kind',
    'auth (token).token',
  ]);
});

it('ends with a schema that refers to itself', () => {
  const schema = {
    ...object({ next: { $ref: '#/$defs/node' } }),
    $defs: { node: object({ next: { $ref: '#/$defs/node' } }) },
  };
  expect(schemaRows(schema).length).toBeLessThan(20);
});
