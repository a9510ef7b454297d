import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterOptions } from '../lab/cluster.ts';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import { NotPossible } from '../outcome.ts';
import type { Fault } from './fault.ts';

const size = '1200m';
const small = (folder: string): string => join(folder, 'small');

/** A disk of its own, so that filling it harms nobody else. Postgres and the append-only file of Redis stand on it, the ledger does not. */
function mountSmallDisk(folder: string): ClusterOptions {
  const disk = small(folder);
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    throw new NotPossible(`a disk of its own cannot be mounted here: ${String(error)}`);
  }
  mkdirSync(join(disk, 'redis'));
  symlinkSync(join(disk, 'redis'), join(folder, 'redis'));
  return { dataDir: join(disk, 'postgres'), undo: () => execFileSync('umount', ['--lazy', disk]) };
}

/** Writes until nothing more goes in; returns how to free the space. */
function fill(disk: string): () => void {
  const filler = join(disk, 'filler');
  const file = openSync(filler, 'w');
  for (const block of [1024 * 1024, 4096]) {
    const zeros = Buffer.alloc(block);
    try {
      for (;;) writeSync(file, zeros);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  closeSync(file);
  return () => rmSync(filler);
}

export const diskFull: Fault = {
  id: 'F20',
  title: 'the disk of Postgres and Redis is full',
  fullOnly: true,
  ownCluster: mountSmallDisk,
  async run(trial) {
    await trial.redis.kill();
    await trial.redis.start(['--appendonly', 'yes']);
    await trial.keep('web');
    await trial.keep('worker');
    const load = startLoad(trial.client, { tasks: 5_000, work: { ms: 10 }, perSecond: 120 });
    await untilCount(trial, 'completed', 100);
    const free = fill(small(trial.folder));
    const refusals = () => [...trial.client.refused.values()].reduce((sum, n) => sum + n, 0);
    try {
      await until('a task to be refused', async () => refusals() > 0, 120_000);
      await delay(5_000);
    } finally {
      free();
    }
    trial.hit(refusals());
    // It may have ended itself: whoever supervises it starts it again.
    if (
      !(await trial.sql`select 1`.then(
        () => true,
        () => false,
      ))
    )
      await trial.cluster.start().catch(() => undefined);
    await untilWorkGoesOn(trial, 180_000);
    await load.done;
    const odd = [...trial.client.refused.keys()].filter((status) => ![0, 503].includes(status));
    trial.expect(`refusals are a clean 503 (there were also ${odd.join(', ')})`, odd.length === 0);
  },
};

export const fsyncFails: Fault = {
  id: 'F21',
  title: 'fdatasync of Postgres fails with EIO',
  fullOnly: true,
  ownCluster: () => ({}),
  async run(trial) {
    const strace = [
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      'trace=fdatasync',
      '-e',
      'inject=fdatasync:error=EIO:when=60',
    ];
    const tracer = spawn('strace', [...strace, '-p', String(trial.cluster.pid())], { stdio: 'ignore' });
    const untraced = once(tracer, 'exit');
    if (
      !(await once(tracer, 'spawn').then(
        () => true,
        () => false,
      ))
    )
      throw new NotPossible('strace is missing');
    await trial.keep('web');
    await trial.keep('worker');
    const load = startLoad(trial.client, { tasks: 4_000, work: { ms: 10 }, perSecond: 120 });
    const panics = () => trial.cluster.log().filter((line) => line.includes('PANIC')).length;
    await until('Postgres to panic', async () => panics() > 0, 120_000);
    await delay(5_000);
    tracer.kill('SIGINT');
    await untraced;
    trial.hit(panics());
    await untilWorkGoesOn(trial, 180_000);
    await load.done;
  },
};
