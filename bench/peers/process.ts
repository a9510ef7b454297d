/**
 * A process of one peer, producer or worker: `node bench/peers/process.ts`. The bench starts it with an IPC channel, sends it
 * commands one at a time and gets an answer to each, so that what is measured shares no event loop with anything else.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Peer, PeerPlace } from './peer.ts';
import { moduleOf, type PeerName } from './names.ts';

/** Milliseconds of a clock that all processes of this machine share and that nobody sets. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export type Span = { startedAt: number; endedAt: number };
export type Probe = { key: string; submittedAt: number; acceptedAt: number; recordedAt: number };

let peer: Peer | undefined;
let worker: { stop(): Promise<void> } | undefined;
/** When the body of each task ran. */
const bodies = new Map<string, number>();
let serial = 0;

const keys = (count: number): string[] => Array.from({ length: count }, () => `${process.pid}-${(serial += 1)}`);

function opened(): Peer {
  if (!peer) throw new Error('the peer is not open');
  return peer;
}

async function span(work: () => Promise<unknown>): Promise<Span> {
  const startedAt = now();
  await work();
  return { startedAt, endedAt: now() };
}

async function addSingly(peer: Peer, count: number, concurrency: number): Promise<void> {
  const waiting = keys(count);
  const one = async () => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) await peer.addOne(key);
  };
  await Promise.all(Array.from({ length: concurrency }, one));
}

/** Adds one task, and asks without a pause until its outcome is recorded: late by one question at most. */
async function probe(peer: Peer): Promise<Probe> {
  const [key = ''] = keys(1);
  const submittedAt = now();
  const id = await peer.addOne(key);
  const acceptedAt = now();
  while (!(await peer.recorded(id))) await pause(1);
  return { key, submittedAt, acceptedAt, recordedAt: now() };
}

/** What a process can be told. */
const commands = {
  open: async ({ name, place }: { name: PeerName; place: PeerPlace }): Promise<void> => {
    const module = (await import(`./${moduleOf(name)}.ts`)) as { openPeer(place: PeerPlace): Promise<Peer> };
    peer = await module.openPeer(place);
  },
  reset: async (): Promise<void> => {
    bodies.clear();
    await opened().reset();
  },
  addMany: ({ count }: { count: number }): Promise<Span> => {
    const added = keys(count);
    return span(() => opened().addMany(added));
  },
  addSingly: ({ count, concurrency }: { count: number; concurrency: number }): Promise<Span> =>
    span(() => addSingly(opened(), count, concurrency)),
  ready: ({ count }: { count: number }): Promise<void> => opened().ready(count),
  work: async ({ concurrency }: { concurrency: number }): Promise<void> => {
    worker = await opened().work(concurrency, (key) => void bodies.set(key, now()));
  },
  /** From the first body to the time when `count` have run and all outcomes are recorded. */
  finished: async ({ count }: { count: number }): Promise<Span> => {
    while (bodies.size < count) await pause(2);
    while (!(await opened().idle())) await pause(2);
    const endedAt = now();
    return { startedAt: Math.min(bodies.values().next().value ?? endedAt, endedAt), endedAt };
  },
  stopWork: async (): Promise<void> => {
    await worker?.stop();
    worker = undefined;
  },
  probe: async ({ count, pauseMs }: { count: number; pauseMs: number }): Promise<Probe[]> => {
    const probes: Probe[] = [];
    for (let index = 0; index < count; index += 1) {
      probes.push(await probe(opened()));
      await pause(pauseMs);
    }
    return probes;
  },
  starts: async (): Promise<Record<string, number>> => Object.fromEntries(bodies),
  tableBytes: (): Promise<number> => opened().tableBytes(),
  rssBytes: async (): Promise<number> => process.memoryUsage.rss(),
  close: async (): Promise<void> => {
    await worker?.stop();
    await peer?.close();
    // The answer is on its way; what a peer left running must not keep the process.
    setImmediate(() => process.disconnect());
  },
};

export type Commands = typeof commands;
export type Request = { [K in keyof Commands]: { command: K; input: Parameters<Commands[K]>[0] } }[keyof Commands];
export type Reply = { ok: true; value: unknown } | { ok: false; error: string };

process.on('message', ({ command, input }: Request) => {
  const run = commands[command] as (input: unknown) => Promise<unknown>;
  run(input).then(
    (value) => process.send?.({ ok: true, value } satisfies Reply),
    (error: unknown) =>
      process.send?.({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ ok: true, value: 'ready' } satisfies Reply);
