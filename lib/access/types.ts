/** What a member or key may do; each role may do all that the ones before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who acts: a signed-in person, a program by its API key, a task that emits another, or Taskdeck itself. */
export type Actor =
  | { kind: 'user'; id: string; email: string; role: Role }
  /** `rateLimit`: submits a minute; without it no limit. */
  | { kind: 'key'; id: string; name: string; role: Role; rateLimit?: number }
  /** `name`: the task's definition. */
  | { kind: 'task'; id: string; name: string; role: Role }
  | { kind: 'system'; id: string; name: string; role: Role };

/** Who acts when nobody asked: maintenance. */
export const systemActor: Actor = { kind: 'system', id: 'system', name: 'Taskdeck', role: 'admin' };

/** True when `role` includes everything that `needed` may do. */
export const roleIncludes = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

/** How an actor is written into a row: `user:<uuid>`, `key:<uuid>`, `task:<uuid>` or `system`. */
export const actorRef = (actor: Actor): string => (actor.kind === 'system' ? 'system' : `${actor.kind}:${actor.id}`);

/** A member as the settings show them. */
export type MemberInfo = { id: string; email: string; role: Role; createdAt: string };

/** An API key as the settings show it: never the key itself. */
export type ApiKeyInfo = {
  id: string;
  name: string;
  /** Its first characters. */
  prefix: string;
  role: Role;
  /** Submits a minute; null without limit. */
  rateLimit: number | null;
  /** The address of the member who made it; null when it was made otherwise, or they are gone. */
  createdBy: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
};
