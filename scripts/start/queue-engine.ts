import type { LaunchConfig } from '#lib/config';
import { StartProblem } from './problem.ts';
import { findRedis } from './redis.ts';
import type { RedisProgram } from './redis.ts';

/** What BullMQ will run on. */
export type EngineChoice =
  | { kind: 'redis-url'; url: string }
  | { kind: 'redis-local'; program: RedisProgram }
  | { kind: 'postgres'; reason: string; advice?: string };

const howToGetRedis = 'install it with "apt-get install redis-server" or "brew install redis"';

/**
 * Chooses the engine: the Redis of REDIS_URL, else one found on the PATH, else Postgres.
 * @throws StartProblem when QUEUE_ENGINE asks for a Redis that is not there
 */
export function chooseEngine(launch: LaunchConfig, find: () => RedisProgram | undefined = findRedis): EngineChoice {
  if (launch.QUEUE_ENGINE === 'postgres') return { kind: 'postgres', reason: 'as QUEUE_ENGINE says' };
  if (launch.REDIS_URL !== undefined) return { kind: 'redis-url', url: launch.REDIS_URL };
  const program = find();
  if (program) return { kind: 'redis-local', program };
  if (launch.QUEUE_ENGINE === 'redis') {
    throw new StartProblem(
      'QUEUE_ENGINE is redis, but there is no redis-server or valkey-server 6.2 or later on the PATH',
      `Set REDIS_URL, or ${howToGetRedis}.`,
    );
  }
  return { kind: 'postgres', reason: 'no Redis is on the PATH', advice: `for more speed ${howToGetRedis}` };
}
