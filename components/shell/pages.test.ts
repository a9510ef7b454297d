import { currentPage, pagesFor } from './pages.ts';

it.each([
  ['/', 'Overview'],
  ['/tasks', 'Tasks'],
  ['/tasks/0198', 'Tasks'],
  ['/queues', 'Queues'],
  ['/queues/board', 'Bull Board'],
  ['/settings/keys', 'Settings'],
  ['/tasksome', undefined],
])('%s belongs to %s', (path, label) => {
  expect(currentPage(path)?.label).toBe(label);
});

it('leads only to what a role may open', () => {
  const labels = (role: Parameters<typeof pagesFor>[0]) => pagesFor(role).map(({ label }) => label);
  expect(labels('operator')).not.toContain('Audit log');
  expect(labels('admin')).toEqual(expect.arrayContaining(['Audit log', 'Bull Board', 'Settings']));
});
