import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { z } from 'zod';
import type { JsonSchema } from '#lib/tasks/types';
import { renderPage } from '../testing/render.tsx';
import { SchemaForm } from './schema-form.tsx';
import { startingValue } from './schema.ts';
import { validate } from './validate.ts';

/** A form of this type as a worker publishes it; `value()` is what the form says now. */
function show(type: z.ZodType, start?: unknown): { value(): unknown } {
  const schema = z.toJSONSchema(type, { io: 'input' }) as JsonSchema;
  let current: unknown;
  function Form() {
    const [value, setValue] = useState<unknown>(start ?? startingValue(schema, schema));
    current = value;
    return <SchemaForm schema={schema} value={value} errors={validate(schema, value)} showAll onChange={setValue} />;
  }
  renderPage(<Form />);
  return { value: () => type.parse(current) };
}

const field = (name: string | RegExp) => screen.getByLabelText(name);
const fill = async (name: string | RegExp, text: string) => {
  await userEvent.clear(field(name));
  await userEvent.type(field(name), text);
};

it('edits objects within objects', async () => {
  const form = show(z.object({ user: z.object({ address: z.object({ city: z.string() }) }) }));
  await fill('City', 'Oslo');
  expect(form.value()).toEqual({ user: { address: { city: 'Oslo' } } });
});

it('edits lists of objects', async () => {
  const form = show(z.object({ lines: z.array(z.object({ sku: z.string(), count: z.int() })).min(1) }));
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await fill('Sku', 'A-1');
  await fill('Count', '3');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove item 2' }));
  expect(form.value()).toEqual({ lines: [{ sku: 'A-1', count: 3 }] });
});

it('edits lists of lists', async () => {
  const form = show(z.object({ grid: z.array(z.array(z.number())) }), { grid: [[1], [2]] });
  const [first] = screen.getAllByLabelText('Item 1', { selector: 'input' });
  if (first) await userEvent.type(first, '5');
  expect(form.value()).toEqual({ grid: [[15], [2]] });
});

it('edits discriminated unions, each form with its own fields', async () => {
  const form = show(
    z.object({
      target: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('mail'), address: z.email() }),
        z.object({ kind: z.literal('hook'), url: z.url(), tries: z.int().default(3) }),
      ]),
    }),
    { target: { kind: 'mail', address: 'a@b.no' } },
  );
  expect(field('Address')).toHaveValue('a@b.no');
  await userEvent.selectOptions(screen.getByRole('combobox'), 'hook');
  await fill('Url', 'https://a.no');
  expect(form.value()).toEqual({ target: { kind: 'hook', url: 'https://a.no', tries: 3 } });
});

it('edits unions of plain types', async () => {
  const form = show(z.object({ size: z.union([z.number(), z.string()]) }), { size: 5 });
  await userEvent.selectOptions(screen.getByRole('combobox'), 'Text');
  await userEvent.type(screen.getByRole('textbox'), 'large');
  expect(form.value()).toEqual({ size: 'large' });
});

it('edits enums, and takes an optional one out', async () => {
  const form = show(z.object({ level: z.enum(['low', 'high']), mood: z.enum(['good', 'bad']).optional() }));
  await userEvent.selectOptions(field('Level'), 'high');
  await userEvent.selectOptions(field(/^Mood/), 'bad');
  await userEvent.selectOptions(field(/^Mood/), 'Not set');
  expect(form.value()).toEqual({ level: 'high' });
});

it('edits dates', async () => {
  const form = show(z.object({ day: z.iso.date() }));
  await fill('Day', '2026-12-24');
  expect(form.value()).toEqual({ day: '2026-12-24' });
});

it('edits dates with a time, in the reader’s zone', async () => {
  const form = show(z.object({ at: z.iso.datetime() }));
  await fill('At', '2026-12-24T18:30:00');
  expect(form.value()).toEqual({ at: new Date('2026-12-24T18:30:00').toISOString() });
});

it('edits booleans', async () => {
  const form = show(z.object({ urgent: z.boolean() }));
  await userEvent.click(screen.getByRole('switch', { name: 'Urgent' }));
  expect(form.value()).toEqual({ urgent: true });
});

it('empties a field that may be null to null', async () => {
  const form = show(z.object({ note: z.string().nullable(), count: z.number().nullable() }), { note: 'x', count: 1 });
  await userEvent.clear(field('Note'));
  await userEvent.clear(field('Count'));
  expect(form.value()).toEqual({ note: null, count: null });
});

it('edits names and texts', async () => {
  const form = show(z.object({ headers: z.record(z.string(), z.string()) }));
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await userEvent.type(field('Name 1'), 'accept');
  await userEvent.type(field('Value 1'), 'text/csv');
  expect(form.value()).toEqual({ headers: { accept: 'text/csv' } });
});

it('edits what two types have together', async () => {
  const form = show(z.object({ who: z.intersection(z.object({ name: z.string() }), z.object({ age: z.int() })) }));
  await fill('Name', 'Ada');
  await fill('Age', '36');
  expect(form.value()).toEqual({ who: { name: 'Ada', age: 36 } });
});

it('edits a type that holds itself', async () => {
  type Tree = { name: string; children: Tree[] };
  const tree: z.ZodType<Tree> = z.object({
    name: z.string(),
    get children() {
      return z.array(tree);
    },
  });
  const form = show(tree, { name: 'root', children: [] });
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  const child = screen.getByRole('group', { name: 'Item 1' });
  await userEvent.type(within(child).getByLabelText('Name'), 'leaf');
  expect(form.value()).toEqual({ name: 'root', children: [{ name: 'leaf', children: [] }] });
});

it.each([
  ['a tuple', z.object({ pair: z.tuple([z.string(), z.number()]) }), 'Pair', '["a", 1]', { pair: ['a', 1] }],
  ['anything', z.object({ extra: z.unknown() }), 'Extra', '{"a": [1]}', { extra: { a: [1] } }],
  [
    'values by name',
    z.object({ counts: z.record(z.string(), z.number()) }),
    'Counts',
    '{"a": 1}',
    { counts: { a: 1 } },
  ],
])('edits %s as JSON', async (_, type, name, text, value) => {
  const form = show(type);
  await userEvent.clear(field(name));
  await userEvent.click(field(name));
  await userEvent.paste(text);
  expect(form.value()).toEqual(value);
});
