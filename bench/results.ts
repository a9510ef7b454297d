import type { PeerName } from './peers/names.ts';
import type { Cpu } from './cpu.ts';
import type { Accept } from './suites/accept.ts';
import type { Latency, Quantiles } from './suites/latency.ts';
import type { Memory } from './suites/memory.ts';
import type { Run } from './suites/run.ts';
import { median } from './statistics.ts';

/** What was measured of one peer: a value a round, in the order of the rounds. */
export type Samples = {
  accept: Accept[];
  run: Run[];
  endToEnd: number[];
  latency: Latency[];
  memory: Memory[];
};

export const noSamples = (): Samples => ({ accept: [], run: [], endToEnd: [], latency: [], memory: [] });

export type Results = { peers: Partial<Record<PeerName, Samples>>; commit: Quantiles };

/** The medians of a peer's rounds; undefined for what was not measured. Rates are tasks a second, times milliseconds. */
export type Medians = {
  bulk: number | undefined;
  single: number | undefined;
  single100: number | undefined;
  run: number | undefined;
  /** Microseconds a task that is run and recorded. */
  cpu: Cpu | undefined;
  endToEnd: number | undefined;
  accept: Quantiles | undefined;
  start: Quantiles | undefined;
  recorded: Quantiles | undefined;
  memory: Memory | undefined;
};

export function mediansOf(samples: Samples): Medians {
  const middle = (values: number[]) => (values.length > 0 ? median(values) : undefined);
  const quantiles = (values: Quantiles[]): Quantiles | undefined =>
    values.length > 0
      ? { p50: median(values.map(({ p50 }) => p50)), p95: median(values.map(({ p95 }) => p95)) }
      : undefined;
  return {
    bulk: middle(samples.accept.map(({ bulk }) => bulk)),
    single: middle(samples.accept.map(({ single }) => single)),
    single100: middle(samples.accept.map(({ single100 }) => single100)),
    run: middle(samples.run.map(({ rate }) => rate)),
    cpu: medianCpu(samples.run.flatMap(({ cpu }) => cpu ?? [])),
    endToEnd: middle(samples.endToEnd),
    accept: quantiles(samples.latency.map(({ accept }) => accept)),
    start: quantiles(samples.latency.map(({ start }) => start)),
    recorded: quantiles(samples.latency.map(({ recorded }) => recorded)),
    memory: samples.memory.at(-1),
  };
}

const medianCpu = (values: Cpu[]): Cpu | undefined =>
  values.length > 0
    ? {
        worker: median(values.map(({ worker }) => worker)),
        postgres: median(values.map(({ postgres }) => postgres)),
        redis: median(values.map(({ redis }) => redis)),
      }
    : undefined;
