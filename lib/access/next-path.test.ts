import { safeNextPath } from './next-path.ts';

test.each(['/', '/tasks', '/tasks?state=failed&x=%2F', '/tasks/1#logs'])('keeps %s', (path) => {
  expect(safeNextPath(path)).toBe(path);
});

test.each([
  undefined,
  null,
  7,
  ['/tasks'],
  '',
  'tasks',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  '/\n\\evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
  '/x/..//evil.example',
  '/sign-in?next=/sign-in',
  `/${'x'.repeat(3_000)}`,
])('sends %j to the start page', (path) => {
  expect(safeNextPath(path)).toBe('/');
});
