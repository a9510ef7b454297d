import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import postgres from 'postgres';

import { PgOutputReader } from './pgoutput.ts';
import type { InsertedRow } from './pgoutput.ts';

const PUBLICATION = 'supabase_realtime_messages_publication';
const BACKOFF_START_MS = 100;
const BACKOFF_MAX_MS = 5_000;
const STATUS_EVERY_MS = 10_000;
/** Each status asks for an answer; without one for this long the connection is dead. */
const SILENCE_MS = 35_000;

const XLOG_DATA = 0x77; // 'w'
const KEEPALIVE = 0x6b; // 'k'
const STATUS_UPDATE = 0x72; // 'r'

/** What the stream tells its owner. `onUp` comes with each connection, the first included. */
export type ReplicationHandlers = {
  onRow(row: InsertedRow): void;
  onUp(): void;
  onDown(error: unknown): void;
};

/** A running stream. It reconnects by itself until `stop` is called. */
export type Replication = { isUp(): boolean; stop(): Promise<void> };

/**
 * Reads the inserts of the realtime publication through a temporary slot. Nothing that is committed while the stream is
 * down is delivered later, as on Supabase: the owner tells the clients to look again.
 */
export function startReplication(adminUrl: string, handlers: ReplicationHandlers): Replication {
  const stopping = new AbortController();
  let up = false;

  async function run(): Promise<void> {
    let backoffMs = BACKOFF_START_MS;
    while (!stopping.signal.aborted) {
      try {
        await readUntilClosed(adminUrl, stopping.signal, handlers.onRow, () => {
          up = true;
          backoffMs = BACKOFF_START_MS;
          handlers.onUp();
        });
      } catch (error) {
        if (!stopping.signal.aborted) handlers.onDown(error);
      }
      up = false;
      await delay(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
      backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
    }
  }

  const running = run();
  return {
    isUp: () => up,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** One connection, from its slot to its end. Rejects when it ends for any cause but `signal`. */
async function readUntilClosed(
  adminUrl: string,
  signal: AbortSignal,
  onRow: (row: InsertedRow) => void,
  onUp: () => void,
): Promise<void> {
  const closed = Promise.withResolvers<never>();
  closed.promise.catch(() => {});
  const onAbort = (): void => closed.reject(new Error('stopped'));
  signal.addEventListener('abort', onAbort);
  const sql = connect(adminUrl, () => closed.reject(new Error('the replication connection was closed')));
  try {
    const stream = await Promise.race([startStream(sql), closed.promise]);
    const stopFollowing = follow(stream, onRow, closed.reject);
    onUp();
    try {
      await closed.promise;
    } finally {
      stopFollowing();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await sql.end({ timeout: 0 });
  }
}

function connect(adminUrl: string, onclose: () => void): postgres.Sql {
  return postgres(adminUrl, {
    max: 1,
    fetch_types: false,
    idle_timeout: undefined,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => {},
    onclose,
    connection: { application_name: 'taskdeck-realtime', replication: 'database' },
  });
}

async function startStream(sql: postgres.Sql): Promise<Duplex> {
  // The words of the replication grammar must be in capitals.
  const slot = `taskdeck_realtime_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await sql.unsafe(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`).simple();
  const stream = await sql
    .unsafe(`START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names '${PUBLICATION}')`)
    .writable();
  return stream as Duplex;
}

/** Hands each row on in the same tick as its bytes arrive, and confirms what was read. Returns the way to stop. */
function follow(stream: Duplex, onRow: (row: InsertedRow) => void, fail: (error: unknown) => void): () => void {
  const reader = new PgOutputReader();
  let position = 0n;
  let heardAt = Date.now();

  function sendStatus(askForAnswer: boolean): void {
    const status = Buffer.alloc(34);
    status.writeUInt8(STATUS_UPDATE, 0);
    for (const offset of [1, 9, 17]) status.writeBigUInt64BE(position, offset); // written, flushed, applied
    status.writeBigInt64BE(BigInt(Date.now() - Date.UTC(2000, 0, 1)) * 1000n, 25);
    status.writeUInt8(askForAnswer ? 1 : 0, 33);
    stream.write(status);
  }

  stream.on('data', (chunk: Buffer) => {
    heardAt = Date.now();
    try {
      const walPosition = chunk.readBigUInt64BE(1);
      if (walPosition > position) position = walPosition;
      if (chunk[0] === KEEPALIVE && chunk[17] === 1) sendStatus(false);
      if (chunk[0] !== XLOG_DATA) return;
      const row = reader.read(chunk.subarray(25));
      if (row) onRow(row);
    } catch (error) {
      fail(error);
    }
  });
  stream.on('error', fail);
  stream.on('close', () => fail(new Error('the replication stream ended')));
  const timer = setInterval(() => {
    if (Date.now() - heardAt > SILENCE_MS) fail(new Error('the replication stream is silent'));
    else sendStatus(true);
  }, STATUS_EVERY_MS);
  return () => clearInterval(timer);
}
