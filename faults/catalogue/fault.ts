import type { ClusterOptions } from '../lab/cluster.ts';
import type { Trial } from '../lab/trial.ts';

/** One fault of the catalogue: it starts what it needs, loads it, harms it, and says what must hold besides the invariants. */
export type Fault = {
  id: string;
  title: string;
  /** Below so many accepted tasks the trial is invalid. */
  leastAccepted?: number;
  /** Left out of the quick run. */
  fullOnly?: boolean;
  /** It harms Postgres itself, so it has a server of its own. */
  ownCluster?: (folder: string) => ClusterOptions;
  /** It needs Redis to be down at first. */
  redisDown?: boolean;
  run(trial: Trial): Promise<void>;
};
