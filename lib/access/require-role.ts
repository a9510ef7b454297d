import { TaskdeckError } from '#lib/errors';
import { roleIncludes } from './types.ts';
import type { Actor, Role } from './types.ts';

/** @throws TaskdeckError `forbidden` unless the actor's role includes `role`. */
export function requireRole(actor: Actor, role: Role): void {
  if (roleIncludes(actor.role, role)) return;
  throw new TaskdeckError('forbidden', `This needs the role ${role}; yours is ${actor.role}.`, {
    hint: 'An admin can give you another role.',
  });
}
