import { auditHref, auditQuery, parseAuditFilter } from './filter.ts';

const parse = (query: string) => parseAuditFilter(new URLSearchParams(query));
const now = Date.parse('2026-11-21T10:00:00.000Z');

it.each([
  '',
  'actor=user%3A1&action=queue.pause&subject=queue%3Aa&within=24h',
  'within=between&after=2026-11-20T00%3A00%3A00.000Z',
])('an address is read and written again: %s', (query) => {
  expect(auditHref(parse(query))).toBe(query === '' ? '/audit' : `/audit?${query}`);
});

it.each(['within=forever', 'after=yesterday', 'other=1'])('what cannot be meant is left open: %s', (query) => {
  expect(auditHref(parse(query))).toBe('/audit');
});

it('a window counts from now; a pair of times does not', () => {
  expect(auditQuery(parse('within=24h&actor=system'), now)).toEqual({
    actor: 'system',
    after: '2026-11-20T10:00:00.000Z',
  });
  expect(auditQuery(parse('before=2026-11-01T00:00:00Z'), now)).toEqual({ before: '2026-11-01T00:00:00.000Z' });
});
