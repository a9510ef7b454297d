import { randomUUID } from 'node:crypto';
import { on, once } from 'node:events';

import type { SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { WebSocket } from 'ws';

import type { GatewayStats } from './gateway.ts';
import { startPostgres } from './postgres.ts';
import { connectClient, disconnectClient, join, statusesAfterJoin } from './testing-client.ts';
import { startTestStack } from './testing.ts';
import type { TestStack } from './testing.ts';

const LIMITS = { errorDelayMs: 50, bufferedBytes: 1_000_000, channelsPerSocket: 5, joinsPerSecond: 20, idleMs: 4_000 };
const PRIVATE = { config: { private: true } };

let stack: TestStack;
let sql: postgres.Sql;
let clients: SupabaseClient[];
let raw: WebSocket[];

beforeAll(async () => {
  stack = await startTestStack({ env: { SUPABASE_LIMITS: JSON.stringify(LIMITS) } });
  sql = postgres(stack.postgresUrl, { max: 2, onnotice: () => {}, backoff: () => 0.1 });
  await sql.unsafe(
    `create policy read_own on realtime.messages for select to authenticated using (realtime.topic() = 'feed:' || auth.uid())`,
  );
}, 60_000);

afterAll(async () => {
  await sql.end();
  await stack.stop();
});

beforeEach(() => {
  clients = [];
  raw = [];
});

afterEach(async () => {
  for (const socket of raw) socket.terminate();
  await Promise.all(clients.map(disconnectClient));
});

async function connect(sub: string): Promise<SupabaseClient> {
  const client = await connectClient(stack, { sub });
  clients.push(client);
  return client;
}

function send(topic: string, n: number): postgres.PendingQuery<postgres.Row[]> {
  return sql`select realtime.send(${sql.json({ n })}, 'changed', ${topic})`;
}

async function health(): Promise<{ status: number; stats: GatewayStats }> {
  const response = await fetch(`${stack.gateway.url}/health`);
  return { status: response.status, stats: (await response.json()) as GatewayStats };
}

/** Asks again until the answer holds; the test's own timeout is the end. */
async function healthUntil(done: (status: number, stats: GatewayStats) => boolean): Promise<GatewayStats> {
  for (;;) {
    const { status, stats } = await health();
    if (done(status, stats)) return stats;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What each bare socket has received and nobody has read yet. */
const frames = new WeakMap<WebSocket, AsyncIterator<[Buffer]>>();

/** A bare socket, for what the client library would never send. */
async function openRaw(query = 'vsn=2.0.0'): Promise<WebSocket> {
  const socket = new WebSocket(
    `${stack.gateway.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${stack.keys.publishableKey}&${query}`,
  );
  raw.push(socket);
  frames.set(socket, on(socket, 'message') as AsyncIterator<[Buffer]>);
  await once(socket, 'open');
  return socket;
}

async function nextFrame(socket: WebSocket): Promise<unknown> {
  const next = await frames.get(socket)?.next();
  return JSON.parse(String(next?.value[0]));
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

describe('a gateway that goes away', () => {
  test.each(['kill', 'stop'] as const)(
    'after %s and a start, clients come back by themselves',
    async (how) => {
      const sub = randomUUID();
      const own = await join((await connect(sub)).channel(`feed:${sub}`, PRIVATE));
      await stack.gateway[how]();
      await own.until(({ statuses }) => statuses.at(-1) === 'CHANNEL_ERROR');
      await stack.gateway.start();
      await own.until(({ statuses }) => statuses.at(-1) === 'SUBSCRIBED');
      await send(`feed:${sub}`, 7);
      await own.until(({ messages }) => messages.length === 1);
      expect(own.statuses).not.toContain('CLOSED');
    },
    30_000,
  );

  test('SIGTERM ends it with code 0 soon, with clients connected', async () => {
    const sub = randomUUID();
    await join((await connect(sub)).channel(`feed:${sub}`, PRIVATE));
    const socket = await openRaw();
    const closed = closeCode(socket);
    const startedAt = Date.now();
    expect(await stack.gateway.stop()).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(await closed).toBe(1001);
    await stack.gateway.start();
  }, 30_000);
});

test('a gateway that does not answer heartbeats is left, and joined again when it does', async () => {
  const sub = randomUUID();
  const own = await join((await connect(sub)).channel(`feed:${sub}`, PRIVATE));
  stack.gateway.pause();
  await own.until(({ statuses }) => statuses.at(-1) === 'CHANNEL_ERROR');
  stack.gateway.resume();
  await own.until(({ statuses }) => statuses.at(-1) === 'SUBSCRIBED');
  await send(`feed:${sub}`, 1);
  await own.until(({ messages }) => messages.length === 1);
  expect(own.statuses).not.toContain('CLOSED');
}, 30_000);

test('a socket without heartbeats is ended, one with them stays', async () => {
  const sub = randomUUID();
  const own = await join((await connect(sub)).channel(`feed:${sub}`, PRIVATE));
  expect(await closeCode(await openRaw())).toBe(1001);
  expect(statusesAfterJoin(own)).toEqual([]);
}, 30_000);

test('when Postgres restarts, the gateway says so, comes back, and private channels join again', async () => {
  const sub = randomUUID();
  const client = await connect(sub);
  const own = await join(client.channel(`feed:${sub}`, PRIVATE));
  const open = await join(client.channel(randomUUID()));
  await stack.postgres.stop();
  const down = await healthUntil((status) => status === 503);
  expect(down).toMatchObject({ postgres: false, replication: false });
  stack.postgres = await restartPostgres();
  await healthUntil((status) => status === 200);
  await own.until((listener) => statusesAfterJoin(listener).at(-1) === 'SUBSCRIBED');
  await send(`feed:${sub}`, 1);
  await own.until(({ messages }) => messages.length === 1);
  expect(statusesAfterJoin(own)).toEqual(['CHANNEL_ERROR', 'SUBSCRIBED']);
  expect(statusesAfterJoin(open)).toEqual([]);
}, 60_000);

/** On the same folder and port; its `stop` belongs to the stack from now on. */
function restartPostgres(): ReturnType<typeof startPostgres> {
  const { port } = new URL(stack.postgres.adminUrl);
  return startPostgres({
    dataDir: stack.dataDir,
    port: Number(port),
    adminPassword: stack.adminPassword,
    durable: false,
  });
}

describe('hostile and broken clients', () => {
  const garbage: [string, string | Buffer][] = [
    ['text that is not JSON', 'hello'],
    ['JSON of another shape', '{"a":1}'],
    ['nested arrays', '['.repeat(5000)],
    ['an empty binary frame', Buffer.alloc(0)],
    ['a binary frame of kind 0', Buffer.from([0, 1, 1, 1, 1, 1, 1])],
    ['lengths beyond the frame', Buffer.from([3, 255, 255, 255, 255, 255, 1, 65])],
  ];

  test.each(garbage)('%s ends that socket alone', async (_, frame) => {
    const sub = randomUUID();
    const own = await join((await connect(sub)).channel(`feed:${sub}`, PRIVATE));
    const socket = await openRaw();
    const closed = closeCode(socket);
    socket.send(frame);
    expect(await closed).toBe(1007);
    await send(`feed:${sub}`, 1);
    await own.until(({ messages }) => messages.length === 1);
    expect(statusesAfterJoin(own)).toEqual([]);
  });

  test('a frame above the limit ends the socket with 1009', async () => {
    const socket = await openRaw();
    const closed = closeCode(socket);
    socket.send('x'.repeat(1_100_000));
    expect(await closed).toBe(1009);
  });

  test('a slow consumer is ended before its messages fill the memory, and others hear everything', async () => {
    const topic = randomUUID();
    const slow = await openRaw();
    slow.send(JSON.stringify(['1', '1', `realtime:${topic}`, 'phx_join', { config: {} }]));
    await nextFrame(slow);
    slow.pause();
    const reader = await join((await connect(randomUUID())).channel(topic));
    const before = (await health()).stats.slowSockets;
    const text = 'x'.repeat(100_000);
    let sent = 0;
    let highest = 0;
    for (let now = (await health()).stats; now.slowSockets === before; now = (await health()).stats) {
      highest = Math.max(highest, now.bufferedBytes);
      await sql`select realtime.send(${sql.json({ text })}, 'big', ${topic}, false)`;
      sent += 1;
      await reader.until(({ messages }) => messages.length === sent);
    }
    expect(highest).toBeLessThan(LIMITS.bufferedBytes + 200_000);
    await healthUntil((_status, stats) => stats.bufferedBytes === 0);
    expect(statusesAfterJoin(reader)).toEqual([]);
  }, 60_000);

  test('channels above the limit are refused', async () => {
    const socket = await openRaw();
    for (let n = 1; n <= LIMITS.channelsPerSocket; n += 1) {
      socket.send(JSON.stringify([`${n}`, `${n}`, `realtime:${n}`, 'phx_join', {}]));
      expect(await nextFrame(socket)).toMatchObject([`${n}`, `${n}`, `realtime:${n}`, 'phx_reply', { status: 'ok' }]);
    }
    socket.send(JSON.stringify(['6', '6', 'realtime:6', 'phx_join', {}]));
    expect(await nextFrame(socket)).toEqual([
      '6',
      '6',
      'realtime:6',
      'phx_reply',
      { status: 'error', response: { reason: 'ChannelRateLimitReached: Too many channels' } },
    ]);
  });

  test('too many joins a second end the socket', async () => {
    const socket = await openRaw();
    const closed = closeCode(socket);
    for (let n = 1; n <= LIMITS.joinsPerSecond + 1; n += 1)
      socket.send(JSON.stringify([`${n}`, `${n}`, 'realtime:same', 'phx_join', {}]));
    expect(await closed).toBe(1008);
  });

  test.each([
    ['without a key', 'vsn=2.0.0', 'API key is missing'],
    ['with an unknown key', 'apikey=sb_publishable_x', 'The token provided is not a valid JWT'],
  ])('a handshake %s is refused', async (_, query, message) => {
    const socket = new WebSocket(`${stack.gateway.url.replace('http', 'ws')}/realtime/v1/websocket?${query}`);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      AsyncIterable<Buffer> & { statusCode: number },
    ];
    let body = '';
    for await (const chunk of response) body += chunk.toString();
    expect([response.statusCode, JSON.parse(body)]).toEqual([401, { error: message }]);
  });
});

describe('protocol details that the client library hides', () => {
  test('version 1.0.0 speaks JSON objects, broadcasts included', async () => {
    const topic = randomUUID();
    const socket = await openRaw('vsn=1.0.0');
    socket.send(
      JSON.stringify({ topic: `realtime:${topic}`, event: 'phx_join', payload: {}, ref: '1', join_ref: '1' }),
    );
    expect(await nextFrame(socket)).toEqual({
      topic: `realtime:${topic}`,
      event: 'phx_reply',
      payload: { status: 'ok', response: { postgres_changes: [] } },
      ref: '1',
      join_ref: '1',
    });
    const frame = nextFrame(socket);
    await sql`select realtime.send('{"n":1}'::jsonb, 'changed', ${topic}, false)`;
    expect(await frame).toMatchObject({
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'changed', payload: { n: 1 } },
    });
  });

  test('a second join of a topic closes the first by its own reference', async () => {
    const socket = await openRaw();
    socket.send(JSON.stringify(['1', '1', 'realtime:twice', 'phx_join', {}]));
    await nextFrame(socket);
    socket.send(JSON.stringify(['2', '2', 'realtime:twice', 'phx_join', {}]));
    expect(await nextFrame(socket)).toEqual(['1', '1', 'realtime:twice', 'phx_close', {}]);
    expect(await nextFrame(socket)).toMatchObject(['2', '2', 'realtime:twice', 'phx_reply', { status: 'ok' }]);
    socket.send(JSON.stringify(['1', '3', 'realtime:twice', 'phx_leave', {}]));
    socket.send(JSON.stringify([null, '4', 'phoenix', 'heartbeat', {}]));
    expect(await nextFrame(socket)).toEqual([null, '4', 'phoenix', 'phx_reply', { status: 'ok', response: {} }]);
  });

  test('leaving an unknown topic is answered with ok, anything else with an error', async () => {
    const socket = await openRaw();
    socket.send(JSON.stringify([null, '1', 'realtime:none', 'phx_leave', {}]));
    expect(await nextFrame(socket)).toEqual([null, '1', 'realtime:none', 'phx_reply', { status: 'ok', response: {} }]);
    socket.send(JSON.stringify([null, '2', 'realtime:none', 'access_token', {}]));
    expect(await nextFrame(socket)).toEqual([
      null,
      '2',
      'realtime:none',
      'phx_reply',
      { status: 'error', response: { reason: 'unmatched topic' } },
    ]);
  });

  test.each([
    ['realtime:', {}, 'TopicNameRequired: You must provide a topic name'],
    [
      'realtime:a',
      { config: { broadcast: { replay: { since: 1 } } } },
      'UnableToReplayMessages: Replay is not allowed for public channels',
    ],
    [
      'realtime:a',
      { config: { postgres_changes: [{ event: '*' }] } },
      'RealtimeDisabledForTenant: The local stack serves Broadcast, not Postgres Changes',
    ],
  ])('a join of %s with %p is refused', async (topic, payload, reason) => {
    const socket = await openRaw();
    socket.send(JSON.stringify(['1', '1', topic, 'phx_join', payload]));
    expect(await nextFrame(socket)).toEqual(['1', '1', topic, 'phx_reply', { status: 'error', response: { reason } }]);
  });
});
