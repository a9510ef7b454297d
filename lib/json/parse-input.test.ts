import { z } from 'zod';
import { parseInput } from './parse-input.ts';

const schema = z.strictObject({ to: z.string(), options: z.strictObject({ 'a/b': z.number() }).optional() });

test('returns what the schema makes of the input', () => {
  expect(parseInput(schema, { to: 'x' })).toEqual({ to: 'x' });
});

test('names each field by its JSON pointer, unknown ones too', () => {
  expect(() => parseInput(schema, { to: 1, options: { 'a/b': 'x', more: 1 }, other: 1 })).toThrow(
    expect.objectContaining({
      code: 'invalid',
      fields: [
        { pointer: '/to', message: expect.any(String) },
        { pointer: '/options/a~1b', message: expect.any(String) },
        { pointer: '/options/more', message: 'is not a known field' },
        { pointer: '/other', message: 'is not a known field' },
      ],
    }),
  );
});

test('the whole input is the empty pointer', () => {
  expect(() => parseInput(schema, 'text')).toThrow(
    expect.objectContaining({ fields: [expect.objectContaining({ pointer: '' })] }),
  );
});
