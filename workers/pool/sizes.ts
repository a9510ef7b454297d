import { availableParallelism } from 'node:os';
import { ConfigError, type RuntimeConfig } from '#lib/config';

/** How many worker processes a pool starts with, and between what it may be scaled. */
export type PoolSizes = { size: number; min: number; max: number };

/**
 * The sizes that the environment asks for. Without a minimum none of the first processes stops for being idle; without a
 * maximum there may be one a core.
 *
 * @throws ConfigError when they contradict each other.
 */
export function poolSizes(
  config: Pick<RuntimeConfig, 'WORKER_PROCESSES' | 'WORKER_PROCESSES_MIN' | 'WORKER_PROCESSES_MAX'>,
  cores = availableParallelism(),
): PoolSizes {
  const size = config.WORKER_PROCESSES;
  const min = config.WORKER_PROCESSES_MIN ?? size;
  const max = config.WORKER_PROCESSES_MAX ?? Math.max(size, min, Math.min(cores, 64));
  if (min > size || size > max) {
    throw new ConfigError(
      `WORKER_PROCESSES is ${size}: it must be at least WORKER_PROCESSES_MIN (${min}) and at most WORKER_PROCESSES_MAX (${max}).`,
    );
  }
  return { size, min, max };
}
