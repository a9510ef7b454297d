/** Every system that is measured; the module of each stands beside this one under the name in `modules`. */
export const peerNames = [
  'taskdeck',
  'taskdeck-1m',
  'taskdeck-postgres',
  'bullmq-redis',
  'bullmq-postgres',
  'pg-boss',
  'graphile-worker',
  'plain',
] as const;

export type PeerName = (typeof peerNames)[number];

/** Taskdeck with a history is the same program on another database. */
export const moduleOf = (name: PeerName): string => (name === 'taskdeck-1m' ? 'taskdeck' : name);

/** Finished tasks in the table of `taskdeck-1m`. */
export const historySize = 1_000_000;
