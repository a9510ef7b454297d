import type { Lab } from './lab.ts';
import { type PeerName, peerNames } from './peers/names.ts';
import { type PeerProcess, spawnPeer } from './peers/spawn.ts';
import { noSamples, type Results, type Samples } from './results.ts';
import { measureAccept } from './suites/accept.ts';
import { measureCommit, measureLatency } from './suites/latency.ts';
import { measureMemory } from './suites/memory.ts';
import { type Pair, sizesOf } from './suites/round.ts';
import { measureEndToEnd, measureRun, warmUp } from './suites/run.ts';

export type Measurement = 'accept' | 'run' | 'end-to-end' | 'latency' | 'memory';

export type MeasureOptions = {
  rounds: number;
  quick: boolean;
  concurrency: number;
  peers: PeerName[];
  only: Measurement[];
  profile?: string | undefined;
};

const waitingTasks = 100_000;
/** Where 100,000 waiting tasks say something: these few are compared. */
const memoryPeers: PeerName[] = ['taskdeck', 'bullmq-redis', 'bullmq-postgres', 'pg-boss', 'graphile-worker'];
/** What Taskdeck keeps in BullMQ unless its queue says otherwise. */
const defaultHighWater = 5_000;

/** Measures all peers once a round, one after the other, so that what slows the machine for a while slows all of them. */
export async function measureAll(lab: Lab, options: MeasureOptions, say: (text: string) => void): Promise<Results> {
  const peers: Results['peers'] = {};
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const name of peerNames.filter((name) => options.peers.includes(name))) {
      const samples = (peers[name] ??= noSamples());
      say(`round ${round} of ${options.rounds}: ${name}`);
      await withPair(lab, name, options, (pair) => measureRound(pair, samples, options));
    }
  }
  if (options.only.includes('memory')) {
    for (const name of memoryPeers.filter((name) => options.peers.includes(name))) {
      say(`memory: ${name}`);
      const tasks = options.quick ? waitingTasks / 10 : waitingTasks;
      await withPair(lab, name, { ...options, highWater: defaultHighWater, fresh: true }, async (pair) => {
        (peers[name] ??= noSamples()).memory.push(await measureMemory(pair, lab.redisUrl, tasks));
      });
    }
  }
  return { peers, commit: await measureCommit(lab.databaseUrl, options.quick ? 100 : 500) };
}

async function measureRound(pair: Pair, samples: Samples, { only, quick }: MeasureOptions): Promise<void> {
  const sizes = sizesOf(pair.name, quick);
  await warmUp(pair, Math.ceil(sizes.tasks / 5));
  // A table full of finished tasks makes a difference to those that are run, and is not emptied between.
  const whole = pair.name !== 'taskdeck-1m';
  if (whole && only.includes('accept')) samples.accept.push(await measureAccept(pair, sizes));
  if (only.includes('run')) samples.run.push(await measureRun(pair, sizes.tasks));
  if (whole && only.includes('end-to-end')) samples.endToEnd.push(await measureEndToEnd(pair, sizes.tasks));
  if (whole && only.includes('latency')) samples.latency.push(await measureLatency(pair, quick ? 20 : 50));
}

type LabOptions = { highWater?: number; fresh?: boolean };

async function withPair(
  lab: Lab,
  name: PeerName,
  { profile, concurrency, ...options }: Pick<MeasureOptions, 'profile' | 'concurrency'> & LabOptions,
  work: (pair: Pair) => Promise<void>,
): Promise<void> {
  const { place, close } = await lab.open(name, options);
  const opened: PeerProcess[] = [];
  const spawn = async () => {
    const child = await spawnPeer(name, place, profile);
    opened.push(child);
    return child;
  };
  try {
    await work({ name, producer: await spawn(), worker: await spawn(), concurrency });
  } finally {
    await Promise.allSettled(opened.map((child) => child.close()));
    await close();
  }
}
