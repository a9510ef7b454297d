import { fieldKind, optionLabel } from './field.ts';

it.each([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', format: 'textarea' }, 'textarea'],
  [{ type: 'string', format: 'taskdeck-file', accept: 'audio/wav' }, 'file'],
  [{ type: 'integer' }, 'number'],
  [{ type: 'boolean' }, 'boolean'],
  [{ enum: ['a', 'b'] }, 'choice'],
  [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, 'choice'],
  [{ const: 'a' }, 'const'],
  [{ type: 'array', items: { type: 'string' } }, 'list'],
  [{ type: 'object', properties: {} }, 'object'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'map'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'text'],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'union'],
  [{ type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'string' } }, 'json'],
  [{ type: ['string', 'number'] }, 'union'],
  [{ type: 'object', properties: {}, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, 'object'],
  [{}, 'json'],
])('edits %j by %s', (schema, kind) => {
  expect(fieldKind(schema, {}).kind).toBe(kind);
});

it('names an alternative by its discriminator', () => {
  expect(optionLabel({ type: 'object', properties: { kind: { const: 'email' } } }, {}, 0)).toBe('email');
});
