import fc from 'fast-check';
import { maxSearchLength, parseSearch } from './parse.ts';
import type { SearchTerm } from './types.ts';

const place = { negated: false, at: expect.any(Number), length: expect.any(Number) };
const text = (words: string[], field: string | null = null, path = '') => ({
  kind: 'text',
  field,
  path,
  words,
  ...place,
});

it.each<[string, object[]]>([
  ['', []],
  ['  ', []],
  ['Printer fire', [text(['printer']), text(['fire'])]],
  ['"printer on fire"', [text(['printer', 'on', 'fire'])]],
  ['ada@example.com', [text(['ada', 'example', 'com'])]],
  ['12:30', [text(['12', '30'])]],
  ['-fire', [{ ...text(['fire']), negated: true }]],
  ['-"on fire"', [{ ...text(['on', 'fire']), negated: true }]],
  ['payload.user.id:42', [text(['42'], 'payload', 'user.id')]],
  ['payload.Items[0].Name:x', [text(['x'], 'payload', 'items.name')]],
  ['result.x:"a b"', [text(['a', 'b'], 'result', 'x')]],
  ['metadata.größe:3', [text(['3'], 'metadata', 'größe')]],
  ['payload.@type:Person', [text(['person'], 'payload', '@type')]],
  ['payload:anything', [text(['anything'], 'payload')]],
  ['error:timeout', [text(['timeout'], 'error')]],
  ['state:failed,abandoned', [{ kind: 'state', values: ['failed', 'abandoned'], ...place }]],
  ['definition:sendMessage', [{ kind: 'definition', values: ['sendMessage'], ...place }]],
  ['worker:"host 1"', [{ kind: 'worker', values: ['host 1'], ...place }]],
  ['tag:vip', [{ kind: 'tag', values: ['vip'], ...place }]],
  ['id:0198c0de', [{ kind: 'id', digits: '0198c0de', ...place }]],
  ['0198c0de-0000-7000-8000-0000000000aa', [{ kind: 'id', digits: '0198c0de0000700080000000000000aa', ...place }]],
  ['0198c0de-00', [{ kind: 'id', digits: '0198c0de00', ...place }]],
  ['"say \\"hi\\""', [text(['say', 'hi'])]],
  ["it's", [text(['it', 's'])]],
  ['日本', [text(['日', '本'])]],
  ['inv*', [{ ...text(['inv']), prefix: true }]],
  ['東京*', [text(['東', '京'])]],
  ['-nope.inv*', [{ ...text(['nope', 'inv']), negated: true, prefix: true }]],
  ['payload.user.name:pay*', [{ ...text(['pay'], 'payload', 'user.name'), prefix: true }]],
  ['error:time*', [{ ...text(['time'], 'error'), prefix: true }]],
  ['print*er "on fi*"', [text(['print', 'er']), text(['on', 'fi'])]],
])('reads %s', (query, terms) => {
  expect(parseSearch(query)).toEqual({ ok: true, terms });
});

it.each([
  ['state:broken', 'There is no state “broken”', 0, 12],
  ['a foo:bar', 'There is no field “foo”', 2, 7],
  ['http://example.com', 'put the text in quotes: "http://example.com"', 0, 18],
  ['a "open', 'The quote is not closed', 2, 5],
  ['a payload.x:', 'What to look for is missing after “payload.x:”', 2, 10],
  ['payload..x:1', 'is not a path', 0, 12],
  ['id:xyz', 'is not an id', 0, 6],
  ['a ***', 'has no letters or digits', 2, 3],
  ['-', 'has no letters or digits', 0, 1],
  ['a in*', 'at least 3 letters', 2, 3],
  ['pay*', 'is how the field “payload” begins', 0, 4],
  ['error:metadata*', 'Write more letters', 0, 15],
  ['nul \u0000', 'a character that no task can have', 0, 5],
  ['half \ud800', 'a character that no task can have', 0, 6],
  [`payload.${'x'.repeat(300)}:1`, 'is not a path', 0, 310],
])('says what is wrong with %j, and where', (query, message, at, length) => {
  expect(parseSearch(query)).toEqual({ ok: false, message: expect.stringContaining(message), at, length });
});

it('refuses what is too long or asks for too much', () => {
  expect(parseSearch('a'.repeat(maxSearchLength + 1))).toMatchObject({ ok: false, at: maxSearchLength });
  expect(parseSearch('a '.repeat(21))).toMatchObject({ ok: false });
  expect(parseSearch('a-'.repeat(61))).toMatchObject({ ok: false });
});

const rough = fc.stringMatching(/^[a-c "\\:.\-*&|!()<'0-9日İ]{0,40}$/);
const anyQuery = fc.oneof(fc.string({ unit: 'binary' }), rough);

it('never throws, and names places that are within the text', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const parsed = parseSearch(query);
      const places: { at: number; length: number }[] = parsed.ok ? parsed.terms : [parsed];
      for (const { at, length } of places) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at + length).toBeLessThanOrEqual(query.length);
      }
    }),
  );
});

const letters = (term: SearchTerm): string[] => (term.kind === 'text' ? term.words : []);

it('gives words of letters and digits only: nothing of a query language is left in them', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const parsed = parseSearch(query);
      for (const word of parsed.ok ? parsed.terms.flatMap(letters) : []) expect(word).toMatch(/^[\p{L}\p{N}\p{M}_]+$/u);
    }),
  );
});

it('reads a quoted text as the words it has, whatever stands between them', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(words, fc.stringMatching(/^[ ,;:!&|()*-]{1,3}$/), (words, between) => {
      expect(parseSearch(`"${words.join(between)}"`)).toMatchObject({ ok: true, terms: [{ kind: 'text', words }] });
    }),
  );
});
