import fc from 'fast-check';
import { documentHas, documentOf, type TextTerm, toVector } from './document.ts';
import { parseSearch } from './parse.ts';
import type { SearchableTask } from './types.ts';
import { wordsOf } from './words.ts';

const task = (parts: Partial<SearchableTask> = {}): SearchableTask => ({
  id: '0198c0de-0000-7000-8000-0000000000aa',
  definition: 'sendMessage',
  queue: 'default',
  state: 'completed',
  tags: [],
  workerId: null,
  submittedBy: 'key:test',
  payload: {},
  result: null,
  error: null,
  metadata: null,
  attempt: 1,
  finishedAt: null,
  runMs: null,
  ...parts,
});

const finds = (query: string, parts: Partial<SearchableTask>): boolean => {
  const parsed = parseSearch(query);
  if (!parsed.ok) throw new Error(parsed.message);
  const document = documentOf(task(parts));
  return parsed.terms.every((term) => documentHas(document, term as TextTerm) !== term.negated);
};

const parts = {
  payload: {
    user: { id: 42, name: 'Ada Lovelace' },
    items: [{ sku: 'A-1' }, { sku: 'B-2' }],
    ok: true,
    'a key': 'odd',
  },
  result: { text: 'the printer is on fire' },
  error: { name: 'TimeoutError', message: 'too slow', cause: { name: 'Error', message: 'socket hang up' } },
  metadata: { tenant: 'acme' },
  tags: ['night-shift'],
};

it.each([
  'ada',
  'LOVELACE',
  '"ada lovelace"',
  'payload.user.id:42',
  'payload.user.name:lovelace',
  'payload.user.name:"Ada Lovelace"',
  'payload.items.sku:b-2',
  'payload.items[1].sku:b-2',
  'payload.ok:true',
  'payload.a_key:odd',
  'payload:ada',
  'result.text:"printer is on"',
  'result:fire',
  'error:timeout',
  'error:"hang up"',
  'metadata.tenant:acme',
  'metadata:acme',
  'night',
  'message',
  'sendmessage',
  '000000aa',
  'ada -nothing',
  'lovel*',
  'ada@lovel*',
  'payload:lovel*',
  'payload.user.name:lov*',
  'metadata.tenant:acm*',
  'error:time*',
  'ada -noth*',
])('finds %s', (query) => {
  expect(finds(query, parts)).toBe(true);
});

it.each([
  '"lovelace ada"',
  'payload.user.id:43',
  'payload.id:42',
  'payload.user.name:"42 ada"',
  'result:ada',
  'error:ada',
  'metadata:ada',
  'metadata:sendmessage',
  '"true odd"',
  '-ada',
  'lovelace1*',
  'ovel*',
  'lov-ada*',
  'result:lovel*',
  'payload.user.id:lov*',
  '000000aa*',
  '-lovel*',
])('does not find %s', (query) => {
  expect(finds(query, parts)).toBe(false);
});

it('reads the first 64 KB and bounds what it keeps', () => {
  const long = { payload: { a: 'first', b: 'word '.repeat(20_000), c: 'last' } };
  expect(finds('first word', long)).toBe(true);
  expect(finds('last', long)).toBe(false);
  const many = documentOf(task({ payload: 'x '.repeat(40_000) }));
  expect(many.get('x')?.length).toBeLessThanOrEqual(250);
});

it('is not overcome by depth', () => {
  let deep: unknown = 'bottom';
  for (let level = 0; level < 50_000; level += 1) deep = { d: deep };
  expect(finds('bottom', { payload: deep })).toBe(true);
});

it('quotes whatever a task holds', () => {
  const vector = toVector(documentOf(task({ tags: ["it's \\ 'quoted'"], workerId: "w'1" })), ["b='1"]);
  expect(vector).toContain("'w=w''1'");
  expect(vector).toContain("'t=it''s \\\\ ''quoted'''");
  expect(vector.startsWith("'b=''1' ")).toBe(true);
});

it('finds every word of every text, and each text as a phrase', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const words = wordsOf(text);
      fc.pre(words.length > 0);
      const document = documentOf(task({ payload: { text } }));
      const term = { kind: 'text' as const, negated: false, at: 0, length: 0, path: '', field: null };
      expect(documentHas(document, { ...term, words })).toBe(true);
      expect(documentHas(document, { ...term, words, field: 'payload', path: 'text' })).toBe(true);
      expect(documentHas(document, { ...term, words, field: 'result', path: 'text' })).toBe(false);
    }),
  );
});
