import { resolve, startingValue, titleOf, withoutNull } from './schema.ts';

it.each([
  ['maxRetryCount', 'Max retry count'],
  ['max_retry-count', 'Max retry count'],
  ['url', 'Url'],
])('names the field %s "%s"', (name, title) => {
  expect(titleOf({}, name)).toBe(title);
});

it('takes null out of a union of one', () => {
  expect(withoutNull({ anyOf: [{ type: 'string' }, { type: 'null' }], description: 'd' }, {})).toEqual({
    schema: { type: 'string', description: 'd' },
    nullable: true,
  });
});

it('takes null out of a list of types', () => {
  expect(withoutNull({ type: ['integer', 'null'] }, {})).toEqual({ schema: { type: 'integer' }, nullable: true });
});

it('follows a reference with escaped names', () => {
  const root = { $defs: { 'a/b': { type: 'string' } } };
  expect(resolve({ $ref: '#/$defs/a~1b', title: 'T' }, root)).toEqual({ type: 'string', title: 'T' });
});

it('does not follow a reference into the prototype', () => {
  expect(resolve({ $ref: '#/constructor' }, {})).toEqual({});
});

it('starts an object with its defaults and the empty values of what it requires', () => {
  const schema = {
    type: 'object',
    required: ['message', 'tags', 'urgent'],
    properties: {
      message: { type: 'string' },
      to: { type: 'string', default: 'inbox' },
      tags: { type: 'array' },
      urgent: { type: 'boolean' },
      note: { type: 'string' },
    },
  };
  expect(startingValue(schema, schema)).toEqual({ to: 'inbox', tags: [], urgent: false });
});
