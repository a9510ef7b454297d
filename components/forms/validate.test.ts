import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { JsonSchema } from '#lib/tasks/types';
import { validate } from './validate.ts';

const object = (properties: Record<string, unknown>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const pointers = (schema: JsonSchema, value: unknown): string[] =>
  validate(schema, value).map(({ pointer }) => pointer);

it('accepts a value that fits', () => {
  expect(validate(object({ message: { type: 'string' } }, ['message']), { message: 'hi' })).toEqual([]);
});

it('points at a missing field', () => {
  expect(validate(object({ message: { type: 'string' } }, ['message']), {})).toEqual([
    { pointer: '/message', message: 'Required.' },
  ]);
});

it('points at a field that is not known', () => {
  expect(pointers(object({}), { extra: 1 })).toEqual(['/extra']);
});

it('escapes names in pointers', () => {
  expect(pointers(object({}), { 'a/b~c': 1 })).toEqual(['/a~1b~0c']);
});

it('points into lists', () => {
  expect(pointers(object({ to: { type: 'array', items: { type: 'string' } } }), { to: ['a', 2] })).toEqual(['/to/1']);
});

it('counts characters as people do', () => {
  expect(validate({ type: 'string', maxLength: 2 }, '👍👍')).toEqual([]);
});

it('lets null stand where it is allowed', () => {
  expect(validate({ anyOf: [{ type: 'number' }, { type: 'null' }] }, null)).toEqual([]);
});

it('reports the alternative that the value most looks like', () => {
  const schema = {
    anyOf: [
      object({ kind: { const: 'mail' }, address: { type: 'string', format: 'email' } }, ['kind', 'address']),
      object({ kind: { const: 'hook' }, url: { type: 'string', format: 'uri' }, secret: { type: 'string' } }, [
        'kind',
        'url',
        'secret',
      ]),
    ],
  };
  expect(pointers(schema, { kind: 'mail', address: 'nobody' })).toEqual(['/address']);
});

it('follows references, also to itself', () => {
  const schema = {
    $ref: '#/$defs/node',
    $defs: { node: object({ name: { type: 'string' }, next: { $ref: '#/$defs/node' } }, ['name']) },
  };
  expect(pointers(schema, { name: 'a', next: { name: 1 } })).toEqual(['/next/name']);
});

it('ends on a reference that leads nowhere but to itself', () => {
  expect(validate({ $ref: '#/$defs/loop', $defs: { loop: { $ref: '#/$defs/loop' } } }, 1)).toEqual([]);
});

it('accepts a multiple that floating point blurs', () => {
  expect(validate({ type: 'number', multipleOf: 0.1 }, 0.3)).toEqual([]);
});

it.each([
  [{ description: 'inbox or an address.', examples: ['inbox'] }, 'Does not fit: inbox or an address.'],
  [{ examples: ['inbox', 'ada@example.com'] }, 'Write it like “inbox” or “ada@example.com”.'],
  [{}, 'Is not written as this field asks for; the pattern is ^x.'],
])('says what a pattern is for: %j', (meta, message) => {
  expect(validate({ type: 'string', pattern: '^x', ...meta }, 'a')).toEqual([{ pointer: '', message }]);
});

it('knows the description of a text with two patterns', () => {
  const schema = { type: 'string', description: 'x, then y.', allOf: [{ pattern: '^x' }, { pattern: 'y$' }] };
  expect(validate(schema, 'x')).toEqual([{ pointer: '', message: 'Does not fit: x, then y.' }]);
});

it('ignores a pattern that the browser cannot read', () => {
  expect(validate({ type: 'string', pattern: '(?<!' }, 'a')).toEqual([]);
});

it.each([
  [{}, 'Give one of these: file, url.'],
  [{ file: 'a', url: 'b' }, 'Give only one of these: file, url.'],
])('says of which fields one is needed for %j', (value, message) => {
  const schema = { type: 'object', oneOf: [{ required: ['file'] }, { required: ['url'] }] };
  expect(validate(schema, value)).toEqual([{ pointer: '', message }]);
});

describe('agrees with Ajv, which the API uses', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
  addFormats.default(ajv);
  const schemas: JsonSchema[] = [
    object({ message: { type: 'string', minLength: 1, maxLength: 5 }, to: { type: 'string', default: 'inbox' } }, [
      'message',
    ]),
    object({
      count: { type: 'integer', minimum: 0, maximum: 9 },
      share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    }),
    object({ level: { enum: ['low', 'high'] }, on: { type: 'boolean' }, none: { type: ['string', 'null'] } }, [
      'level',
    ]),
    object({
      list: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
    }),
    { anyOf: [{ type: 'string', minLength: 2 }, object({ id: { type: 'integer' } }, ['id']), { type: 'null' }] },
    {
      allOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', properties: { a: { const: 1 } } },
      ],
    },
    { type: 'object', additionalProperties: { type: 'string', maxLength: 1 } },
    { type: 'object', oneOf: [{ required: ['a'] }, { required: ['x'] }] },
    { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 2 }] },
  ];
  const scalar = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.integer({ min: -2, max: 11 }),
    fc.double({ noNaN: true, min: -1, max: 2 }),
    fc.boolean(),
    fc.constantFrom(null, 'low', 'high', 1),
  );
  const key = fc.constantFrom('message', 'to', 'count', 'share', 'level', 'on', 'none', 'list', 'pair', 'id', 'a', 'x');
  const value = fc.oneof(
    scalar,
    fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 3 }),
  );

  it.each(schemas)('on %j', (schema) => {
    const check = ajv.compile(schema);
    fc.assert(
      fc.property(value, (payload) => {
        expect(validate(schema, payload).length === 0).toBe(check(payload));
      }),
      { numRuns: 400 },
    );
  });
});
