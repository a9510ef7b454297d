import { requireRole } from './require-role.ts';
import { sameSecret } from './same-secret.ts';
import { roleIncludes, roles } from './types.ts';
import type { Actor } from './types.ts';

test('each role may do what those before it may, and no more', () => {
  const table = roles.map((role) => roles.filter((needed) => roleIncludes(role, needed)));
  expect(table).toEqual([['viewer'], ['viewer', 'operator'], ['viewer', 'operator', 'admin']]);
});

test('requireRole throws forbidden and names both roles', () => {
  const actor: Actor = { kind: 'key', id: '1', name: 'ci', role: 'viewer' };
  expect(() => requireRole(actor, 'operator')).toThrow(
    expect.objectContaining({ code: 'forbidden', message: expect.stringMatching(/operator.*viewer/) }),
  );
  expect(() => requireRole(actor, 'viewer')).not.toThrow();
});

test('sameSecret compares whole strings', () => {
  expect(sameSecret('abc', 'abc')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abC', 'é']) expect(sameSecret(other, 'abc')).toBe(false);
});
