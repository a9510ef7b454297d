import { z } from 'zod';
import { schemaPaths } from './schema-paths.ts';

it('names the values of a schema as a search does', () => {
  const schema = z.object({
    to: z.string(),
    user: z.object({ id: z.number(), tags: z.array(z.string()) }),
    lines: z.array(z.object({ sku: z.string() })),
    by: z.union([z.object({ mail: z.string() }), z.object({ phone: z.string() })]),
  });
  expect(schemaPaths(z.toJSONSchema(schema)).sort()).toEqual([
    'by.mail',
    'by.phone',
    'lines.sku',
    'to',
    'user.id',
    'user.tags',
  ]);
});

it('takes no schema for what it is not, and ends in a deep one', () => {
  expect(schemaPaths(null)).toEqual([]);
  expect(schemaPaths({ properties: 'none' })).toEqual([]);
  let deep: unknown = { type: 'string' };
  for (let level = 0; level < 10_000; level += 1) deep = { properties: { d: deep } };
  expect(schemaPaths(deep)).toEqual([]);
});
