/** What a member or key may do; each role may do all that the ones before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who acts: a signed-in person, or a program by its API key. */
export type Actor =
  | { kind: 'user'; id: string; email: string; role: Role }
  | { kind: 'key'; id: string; name: string; role: Role };

/** True when `role` includes everything that `needed` may do. */
export const roleIncludes = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

/** How an actor is written into a row: `user:<uuid>` or `key:<uuid>`. */
export const actorRef = (actor: Actor): string => `${actor.kind}:${actor.id}`;
