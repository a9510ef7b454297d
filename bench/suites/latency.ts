import { openDatabase } from '#lib/db/index';
import { median, percentile } from '../statistics.ts';
import type { Pair } from './round.ts';

export type Quantiles = { p50: number; p95: number };
export type Latency = { accept: Quantiles; start: Quantiles; recorded: Quantiles };

const quantiles = (values: number[]): Quantiles => ({ p50: median(values), p95: percentile(values, 0.95) });

/** (d) Milliseconds from submit to accepted, to the start of the body and to the recorded outcome, when nothing else is to do. */
export async function measureLatency({ producer, worker, concurrency }: Pair, tasks: number): Promise<Latency> {
  await worker.tell('work', { concurrency });
  await producer.tell('probe', { count: 20, pauseMs: 10 });
  const probes = await producer.tell('probe', { count: tasks, pauseMs: 20 });
  const starts = await worker.tell('starts');
  await worker.tell('stopWork');
  await worker.tell('reset');
  return {
    accept: quantiles(probes.map(({ submittedAt, acceptedAt }) => acceptedAt - submittedAt)),
    start: quantiles(probes.map(({ key, submittedAt }) => (starts[key] ?? Number.NaN) - submittedAt)),
    recorded: quantiles(probes.map(({ submittedAt, recordedAt }) => recordedAt - submittedAt)),
  };
}

/** Milliseconds of one durable commit of one small row, measured alone: what no recorded change can go below. */
export async function measureCommit(databaseUrl: string, commits: number): Promise<Quantiles> {
  const sql = openDatabase(databaseUrl, { max: 1, name: 'bench' });
  await sql`create table if not exists bench_commit (id integer primary key, n integer)`;
  await sql`insert into bench_commit values (1, 0) on conflict do nothing`;
  const times: number[] = [];
  for (let index = 0; index < commits; index += 1) {
    const startedAt = performance.now();
    await sql`update bench_commit set n = n + 1 where id = 1`;
    times.push(performance.now() - startedAt);
  }
  await sql.end();
  return quantiles(times);
}
