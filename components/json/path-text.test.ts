import { parseSearch } from '../../lib/search/parse.ts';
import { pathText, searchText } from './path-text.ts';

it.each([
  ['', 'payload'],
  ['/user/tags/0', 'payload.user.tags[0]'],
  ['/odd name/a~1b', 'payload["odd name"]["a/b"]'],
])('writes %s as %s', (pointer, path) => {
  expect(pathText('payload', pointer)).toBe(path);
});

it.each([
  ['/user/id', 42, 'payload.user.id:42'],
  ['/to', 'ada@example.com', 'payload.to:ada@example.com'],
  ['/title', 'good morning', 'payload.title:"good morning"'],
])('searches %s of %j by %s', (pointer, value, query) => {
  expect(searchText('payload', pointer, value)).toBe(query);
  expect(parseSearch(query)).toMatchObject({ ok: true });
});

it.each([
  ['', 'whole'],
  ['/list/0', 'x'],
  ['/odd name', 'x'],
  ['/user', { id: 1 }],
  ['/text', 'a "quote"'],
  ['/text', 'x'.repeat(200)],
])('has no search for %s of %j', (pointer, value) => {
  expect(searchText('payload', pointer, value)).toBeNull();
});
