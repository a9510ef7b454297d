import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import type { ProxyMode, TcpProxy } from '../lab/tcp-proxy.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

type Lines = { postgres: TcpProxy; redis: TcpProxy };

/** Which lines of one worker are lost, and how; the other worker reaches both. */
const partitions: { name: string; lost: (keyof Lines)[]; mode: ProxyMode }[] = [
  { name: 'from Postgres', lost: ['postgres'], mode: { kind: 'blackhole' } },
  { name: 'from Redis', lost: ['redis'], mode: { kind: 'blackhole' } },
  { name: 'from both', lost: ['postgres', 'redis'], mode: { kind: 'blackhole' } },
  { name: 'from the answers of Postgres', lost: ['postgres'], mode: { kind: 'half-open', held: 'reply' } },
];

export const partitioned: Fault = {
  id: 'F17',
  title: 'a worker is cut off from Postgres, Redis, both, or one direction, for longer than its lease',
  async run(trial) {
    const lines = { postgres: await trial.proxy('postgres'), redis: await trial.proxy('redis') };
    await trial.keep('web');
    await trial.keep('worker', { through: lines });
    await trial.keep('worker');
    const chosen =
      trial.scale === 'quick' ? [trial.random.pick([partitions[0], partitions[2], partitions[3]])] : partitions;
    const load = startLoad(trial.client, {
      tasks: trial.size(1_000, 8_000),
      work: { ms: 300 },
      perSecond: trial.size(25, 40),
    });
    for (const partition of chosen) {
      if (!partition) continue;
      await untilCount(trial, 'running', 4);
      for (const name of partition.lost) await lines[name].set(partition.mode);
      // Longer than a lease, so that the reaper gives its tasks to the other.
      await delay(25_000);
      for (const name of partition.lost) trial.hit(lines[name].hits());
      for (const name of partition.lost) await lines[name].set({ kind: 'pass' });
      await untilWorkGoesOn(trial);
    }
    await load.done;
  },
};
