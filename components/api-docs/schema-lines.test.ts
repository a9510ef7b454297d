import { schemaLines } from './schema-lines.ts';

const text = (schema: object) =>
  schemaLines({ ...schema }).map(
    ({ depth, name, optional, type, notes }) =>
      `${'  '.repeat(depth)}${name}${optional ? '?' : ''}: ${type
        .map((part) => (typeof part === 'string' ? part : `<${part.ref}>`))
        .join('')}${notes.length > 0 ? ` — ${notes.join(', ')}` : ''}`,
  );

const ref = { $ref: '#/components/schemas/Task' };

test('each field has its type, and what a value must keep to', () => {
  expect(
    text({
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        name: { type: 'string', minLength: 1, maxLength: 64, description: 'What people read.' },
        priority: { type: 'integer', minimum: -100, maximum: 100, default: 0 },
        state: { enum: ['a', 'b'] },
        payload: {},
      },
    }),
  ).toEqual([
    'id: uuid',
    'name?: string — 1 to 64 characters, What people read.',
    'priority?: integer — -100 to 100, default 0',
    'state?: "a" | "b"',
    'payload?: any',
  ]);
});

test('other schemas are referred to, alone, in a list, or null', () => {
  const properties = {
    task: ref,
    tasks: { type: 'array', items: ref },
    maybe: { anyOf: [ref, { type: 'null' }] },
    either: { type: 'array', items: { anyOf: [ref, { type: 'string' }] } },
    counts: { type: 'object', additionalProperties: { type: 'integer' } },
  };
  expect(text({ type: 'object', required: Object.keys(properties), properties })).toEqual([
    'task: <Task>',
    'tasks: <Task>[]',
    'maybe: <Task> | null',
    'either: (<Task> | string)[]',
    'counts: Record<string, integer>',
  ]);
});

test('what a field holds stands under it', () => {
  const inner = { type: 'object', required: ['key'], properties: { key: { type: 'string' } } };
  const properties = { one: inner, list: { type: 'array', items: inner }, maybe: { anyOf: [inner, { type: 'null' }] } };
  expect(text({ type: 'object', properties })).toEqual([
    'one?: object',
    '  key: string',
    'list?: object[]',
    '  key: string',
    'maybe?: object | null',
    '  key: string',
  ]);
});

test('a schema that is no object is one line', () => {
  expect(text({ enum: ['a', 'b'] })).toEqual([': "a" | "b"']);
});
