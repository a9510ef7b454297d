import { workerKilled } from './f01-worker-killed.ts';
import { killedAtFailpoints } from './f02-killed-at-failpoints.ts';
import { webKilled } from './f03-web-killed.ts';
import { relayKilled } from './f04-relay-killed.ts';
import { workerFrozen } from './f05-worker-frozen.ts';
import { frozenInFinish } from './f06-frozen-in-finish.ts';
import { workerStopped } from './f08-worker-stopped.ts';
import { redisFlushed } from './f09-redis-flushed.ts';
import { redisDown } from './f10-redis-down.ts';
import { redisDownAtBoot } from './f11-redis-down-at-boot.ts';
import { redisStale } from './f12-redis-stale.ts';
import { redisEvicts, redisFull } from './f13-redis-full.ts';
import { postgresRestarted } from './f15-postgres-restarted.ts';
import { postgresUnreachable, replyLost } from './f16-postgres-cut.ts';
import { partitioned } from './f17-partitions.ts';
import { postgresBusy } from './f18-postgres-busy.ts';
import { wrongClocks } from './f19-clocks.ts';
import { diskFull, fsyncFails } from './f20-disk-full.ts';
import { poisoned, spinning } from './f22-poison.ts';
import { badJobs } from './f23-bad-jobs.ts';
import { deployed } from './f24-deploy.ts';
import { cancelRaces } from './f25-cancel-races.ts';
import { paused } from './f26-pauses.ts';
import { idempotency } from './f28-idempotency.ts';
import { pageDisturbed } from './f33-page.ts';
import { experimentOf } from '../run-fault.ts';
import { modelTest } from '../model/index.ts';
import { mutants } from '../mutants/index.ts';
import type { Experiment } from '../outcome.ts';
import type { Fault } from './fault.ts';

const faults: Fault[] = [
  workerKilled,
  ...killedAtFailpoints,
  webKilled,
  relayKilled,
  workerFrozen,
  frozenInFinish,
  spinning,
  workerStopped,
  redisFlushed,
  redisDown,
  redisDownAtBoot,
  redisStale,
  redisFull,
  redisEvicts,
  postgresRestarted,
  postgresUnreachable,
  replyLost,
  partitioned,
  postgresBusy,
  wrongClocks,
  diskFull,
  fsyncFails,
  poisoned,
  badJobs,
  deployed,
  cancelRaces,
  paused,
  idempotency,
];

/** All experiments, by number. */
export const catalogue: Experiment[] = [
  ...faults.map(experimentOf),
  modelTest,
  experimentOf(pageDisturbed),
  ...mutants,
];
