import { randomUUID } from 'node:crypto';

import type { SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';

import { changeToken, connectClient, disconnectClient, join, listen, statusesAfterJoin } from './testing-client.ts';
import { signTestToken, startTestStack } from './testing.ts';
import type { TestStack } from './testing.ts';

/** `feed:<uid>` may be read and `room:<uid>` read and written by that user; table `revoked` takes both away. */
const POLICIES = `
  create table public.revoked (id uuid primary key);
  create policy read_own on realtime.messages for select to authenticated using (
    extension = 'broadcast' and realtime.topic() in ('feed:' || auth.uid(), 'room:' || auth.uid())
    and not exists (select from public.revoked where id = auth.uid()));
  create policy write_own on realtime.messages for insert to authenticated with check (realtime.topic() = 'room:' || auth.uid());`;

let stack: TestStack;
let sql: postgres.Sql;
let clients: SupabaseClient[];

beforeAll(async () => {
  stack = await startTestStack({
    env: { SUPABASE_LIMITS: '{"errorDelayMs":50,"recheckMs":3000}' },
    beforeGateway: async ({ postgresUrl }) => {
      sql = postgres(postgresUrl, { max: 2, onnotice: () => {} });
      await sql.unsafe(POLICIES);
    },
  });
}, 60_000);

afterAll(async () => {
  await sql.end();
  await stack.stop();
});

beforeEach(() => {
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map(disconnectClient));
});

async function connect(user?: { sub: string; expiresInSeconds?: number }): Promise<SupabaseClient> {
  const client = await connectClient(stack, user);
  clients.push(client);
  return client;
}

const PRIVATE = { config: { private: true } };

function send(topic: string, n: number): postgres.PendingQuery<postgres.Row[]> {
  return sql`select realtime.send(${sql.json({ n })}, 'changed', ${topic})`;
}

function numbers({ messages }: { messages: { payload: unknown }[] }): number[] {
  return messages.map(({ payload }) => (payload as { n: number }).n);
}

describe('public channels', () => {
  test('one client hears another and not itself', async () => {
    const topic = randomUUID();
    const [ann, bob] = await Promise.all([connect(), connect()]);
    const [atAnn, atBob] = await Promise.all([join(ann.channel(topic)), join(bob.channel(topic))]);
    await atAnn.channel.send({ type: 'broadcast', event: 'move', payload: { n: 1 } });
    await atBob.channel.send({ type: 'broadcast', event: 'move', payload: { n: 2 } });
    await Promise.all([
      atAnn.until(({ messages }) => messages.length > 0),
      atBob.until(({ messages }) => messages.length > 0),
    ]);
    expect([numbers(atAnn), numbers(atBob)]).toEqual([[2], [1]]);
    expect(atBob.messages[0]).toMatchObject({ type: 'broadcast', event: 'move' });
  });

  test('self and ack are served', async () => {
    const client = await connect();
    const own = await join(client.channel(randomUUID(), { config: { broadcast: { self: true, ack: true } } }));
    expect(await own.channel.send({ type: 'broadcast', event: 'move', payload: { n: 1 } })).toBe('ok');
    expect(numbers(await own.until(({ messages }) => messages.length === 1))).toEqual([1]);
  });

  test('a payload above the limit is refused and the channel goes on', async () => {
    const client = await connect();
    const own = await join(client.channel(randomUUID(), { config: { broadcast: { self: true, ack: true } } }));
    expect(await own.channel.send({ type: 'broadcast', event: 'big', payload: { text: 'x'.repeat(300_000) } })).toBe(
      'error',
    );
    expect(await own.channel.send({ type: 'broadcast', event: 'small', payload: { n: 2 } })).toBe('ok');
    await own.until(({ messages }) => messages.length === 1);
    expect(own.messages[0]?.event).toBe('small');
  });

  test('after leaving, a channel hears nothing and others go on', async () => {
    const topic = randomUUID();
    const [ann, bob, eve] = await Promise.all([connect(), connect(), connect()]);
    const [atAnn, atBob, atEve] = await Promise.all([
      join(ann.channel(topic)),
      join(bob.channel(topic)),
      join(eve.channel(topic)),
    ]);
    expect(await ann.removeChannel(atAnn.channel)).toBe('ok');
    await atEve.channel.send({ type: 'broadcast', event: 'move', payload: { n: 1 } });
    await atBob.until(({ messages }) => messages.length === 1);
    expect(atAnn.messages).toEqual([]);
    expect(atAnn.statuses.at(-1)).toBe('CLOSED');
  });

  test('too many messages a second close the channel', async () => {
    const client = await connect();
    const own = await join(client.channel(randomUUID()));
    for (let n = 0; n < 600; n += 1) void own.channel.send({ type: 'broadcast', event: 'move', payload: { n } });
    await own.until(({ statuses }) => statuses.at(-1) === 'CLOSED');
    expect(own.system).toEqual(['Too many messages per second']);
  });

  test('a private message does not reach the public channel of the same name', async () => {
    const topic = randomUUID();
    const own = await join((await connect()).channel(topic));
    await send(topic, 1);
    await sql`select realtime.send('{"n":2}'::jsonb, 'changed', ${topic}, false)`;
    expect(numbers(await own.until(({ messages }) => messages.length > 0))).toEqual([2]);
  });

  test('heartbeats are answered', async () => {
    const client = await connect();
    const answered = new Promise<string>((done) =>
      client.realtime.onHeartbeat((status) => status === 'ok' && done(status)),
    );
    await join(client.channel(randomUUID()));
    await client.realtime.sendHeartbeat();
    expect(await answered).toBe('ok');
  });
});

describe('private channels', () => {
  test('the topic that a policy allows is joined, another refused', async () => {
    const [sub, other] = [randomUUID(), randomUUID()];
    const client = await connect({ sub });
    await join(client.channel(`feed:${sub}`, PRIVATE));
    const foreign = await listen(client.channel(`feed:${other}`, PRIVATE)).until(({ errors }) => errors.length > 0);
    expect(foreign.statuses).toEqual(['CHANNEL_ERROR']);
    expect(foreign.errors[0]).toContain(`You do not have permissions to read from this Channel topic: feed:${other}`);
    await send(`feed:${other}`, 1);
    await send(`feed:${sub}`, 1);
    expect(foreign.messages).toEqual([]);
  });

  test('without a token the key is anonymous, and with one the retry succeeds', async () => {
    const sub = randomUUID();
    const client = await connect();
    const own = await listen(client.channel(`feed:${sub}`, PRIVATE)).until(({ statuses }) =>
      statuses.includes('CHANNEL_ERROR'),
    );
    await changeToken(client, signTestToken(stack.keys.jwtSecret, { sub }));
    await own.until(({ statuses }) => statuses.at(-1) === 'SUBSCRIBED');
    expect(own.errors[0]).toContain('Unauthorized');
  });

  test('a token with a wrong signature is refused', async () => {
    const sub = randomUUID();
    const client = await connect();
    await changeToken(client, signTestToken('another-secret-another-secret-another', { sub }));
    const own = await listen(client.channel(`feed:${sub}`, PRIVATE)).until(({ errors }) => errors.length > 0);
    expect(own.errors[0]).toContain('JwtSignatureError');
  });

  test('a sender without permission is not heard, one with it is', async () => {
    const sub = randomUUID();
    const [sender, reader] = await Promise.all([connect({ sub }), connect({ sub })]);
    const config = { config: { private: true, broadcast: { ack: true } } };
    const [feed, room] = await Promise.all([
      join(sender.channel(`feed:${sub}`, config)),
      join(sender.channel(`room:${sub}`, config)),
    ]);
    const [atFeed, atRoom] = await Promise.all([
      join(reader.channel(`feed:${sub}`, PRIVATE)),
      join(reader.channel(`room:${sub}`, PRIVATE)),
    ]);
    expect(await feed.channel.send({ type: 'broadcast', event: 'e', payload: { n: 1 } }, { timeout: 300 })).toBe(
      'timed out',
    );
    expect(await room.channel.send({ type: 'broadcast', event: 'e', payload: { n: 2 } })).toBe('ok');
    expect(numbers(await atRoom.until(({ messages }) => messages.length === 1))).toEqual([2]);
    expect(atFeed.messages).toEqual([]);
  });

  test('an expired token ends the channel', async () => {
    const sub = randomUUID();
    const own = await join((await connect({ sub, expiresInSeconds: 2 })).channel(`feed:${sub}`, PRIVATE));
    await own.until(({ statuses }) => statuses.at(-1) === 'CLOSED');
    expect(own.system[0]).toMatch(/^Token has expired \d+ seconds ago$/);
  });

  test('a refreshed token keeps the channel beyond the first one', async () => {
    const sub = randomUUID();
    const client = await connect({ sub, expiresInSeconds: 2 });
    const refreshed = await join(client.channel(`feed:${sub}`, PRIVATE));
    const forgotten = await join((await connect({ sub, expiresInSeconds: 2 })).channel(`feed:${sub}`, PRIVATE));
    await changeToken(client, signTestToken(stack.keys.jwtSecret, { sub }));
    await forgotten.until(({ statuses }) => statuses.at(-1) === 'CLOSED');
    await send(`feed:${sub}`, 1);
    await refreshed.until(({ messages }) => messages.length === 1);
    expect(statusesAfterJoin(refreshed)).toEqual([]);
  });

  test('a permission that is gone when the token changes ends the channel', async () => {
    const sub = randomUUID();
    const client = await connect({ sub });
    const own = await join(client.channel(`feed:${sub}`, PRIVATE));
    await sql`insert into public.revoked values (${sub})`;
    await changeToken(client, signTestToken(stack.keys.jwtSecret, { sub }, 4000));
    await own.until(({ statuses }) => statuses.at(-1) === 'CLOSED');
    expect(own.system).toEqual([`You no longer have permission to read from this Channel topic: feed:${sub}`]);
  });
});

test('a permission that is gone ends the channel although its token is still good', async () => {
  const [sub, other] = [randomUUID(), randomUUID()];
  const own = await join((await connect({ sub })).channel(`feed:${sub}`, PRIVATE));
  const kept = await join((await connect({ sub: other })).channel(`feed:${other}`, PRIVATE));
  await sql`insert into public.revoked values (${sub})`;
  await own.until(({ statuses }) => statuses.at(-1) === 'CLOSED');
  expect(own.system).toEqual([`You no longer have permission to read from this Channel topic: feed:${sub}`]);
  await send(`feed:${other}`, 1);
  await kept.until(({ messages }) => messages.length === 1);
  expect(statusesAfterJoin(kept)).toEqual([]);
});

describe('database broadcasts', () => {
  test('1,000 messages of one transaction arrive in order, and those of a rollback do not', async () => {
    const sub = randomUUID();
    const own = await join((await connect({ sub })).channel(`feed:${sub}`, PRIVATE));
    const failed = sql.begin(async (tx) => {
      await tx`select realtime.send('{"n":-1}'::jsonb, 'changed', ${`feed:${sub}`})`;
      throw new Error('rollback');
    });
    await expect(failed).rejects.toThrow('rollback');
    await sql`select realtime.send(jsonb_build_object('n', n), 'changed', ${`feed:${sub}`}) from generate_series(1, 1000) n`;
    expect(numbers(await own.until(({ messages }) => messages.length >= 1000))).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1),
    );
  });

  test('a message reaches the client within milliseconds of its commit', async () => {
    const sub = randomUUID();
    const own = await join((await connect({ sub })).channel(`feed:${sub}`, PRIVATE));
    const delaysMs: number[] = [];
    for (let n = 1; n <= 200; n += 1) {
      await send(`feed:${sub}`, n);
      const committedAt = performance.now();
      await own.until(({ messages }) => messages.length === n);
      delaysMs.push(performance.now() - committedAt);
    }
    delaysMs.sort((a, b) => a - b);
    // The bound is wide for a busy machine; WAL that waits for its writer would take 200 ms.
    expect(delaysMs[100]).toBeLessThan(150);
    if (process.env.SHOW_LATENCY)
      process.stdout.write(
        `commit to client: p50 ${delaysMs[100]?.toFixed(2)} ms, p99 ${delaysMs[198]?.toFixed(2)} ms\n`,
      );
  });

  test('bytes arrive as bytes', async () => {
    const sub = randomUUID();
    const own = await join((await connect({ sub })).channel(`feed:${sub}`, PRIVATE));
    await sql`select realtime.send_binary(${Buffer.from([0, 255, 7])}, 'bytes', ${`feed:${sub}`})`;
    await own.until(({ messages }) => messages.length === 1);
    expect([...new Uint8Array(own.messages[0]?.payload as ArrayBuffer)]).toEqual([0, 255, 7]);
  });

  test('replay brings the newest missed messages, oldest first and only once', async () => {
    const sub = randomUUID();
    const since = Date.now() - 60_000;
    for (const n of [1, 2, 3]) await send(`feed:${sub}`, n);
    const client = await connect({ sub });
    const own = await join(
      client.channel(`feed:${sub}`, { config: { private: true, broadcast: { replay: { since, limit: 2 } } } }),
    );
    await send(`feed:${sub}`, 4);
    await own.until(({ messages }) => messages.length >= 3);
    expect(numbers(own)).toEqual([2, 3, 4]);
    expect(own.messages.map(({ meta }) => meta?.replayed ?? false)).toEqual([true, true, false]);
  });
});

describe('broadcast over HTTP', () => {
  test('httpSend reaches the subscribers of a public channel', async () => {
    const topic = randomUUID();
    const own = await join((await connect()).channel(topic));
    const sender = await connect();
    expect(await sender.channel(topic).httpSend('move', { n: 1 })).toEqual({ success: true });
    expect(numbers(await own.until(({ messages }) => messages.length === 1))).toEqual([1]);
  });

  test('a private message needs permission to write', async () => {
    const sub = randomUUID();
    const client = await connect({ sub });
    const atRoom = await join((await connect({ sub })).channel(`room:${sub}`, PRIVATE));
    await expect(client.channel(`feed:${sub}`, PRIVATE).httpSend('move', { n: 1 })).rejects.toThrow('Unauthorized');
    expect(await client.channel(`room:${sub}`, PRIVATE).httpSend('move', { n: 2 })).toEqual({ success: true });
    expect(numbers(await atRoom.until(({ messages }) => messages.length === 1))).toEqual([2]);
  });

  test('a batch is sent in order, without the messages that are not permitted', async () => {
    const sub = randomUUID();
    const atRoom = await join((await connect({ sub })).channel(`room:${sub}`, PRIVATE));
    const messages = [1, 2, 3].map((n) => ({
      topic: n === 2 ? 'room:other' : `room:${sub}`,
      event: 'e',
      payload: { n },
      private: true,
    }));
    const response = await postBatch(
      { messages },
      { authorization: `Bearer ${signTestToken(stack.keys.jwtSecret, { sub })}` },
    );
    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(numbers(await atRoom.until((listener) => listener.messages.length === 2))).toEqual([1, 3]);
  });

  test('it is refused without a key, with a wrong one and with a wrong body', async () => {
    expect((await postBatch({ messages: [] }, {})).status).toBe(401);
    expect((await postBatch({ messages: [] }, { apikey: `${stack.keys.secretKey}x` })).status).toBe(401);
    const invalid = await postBatch(
      { messages: [{ topic: '', event: 'e', payload: 1 }] },
      { apikey: stack.keys.secretKey },
    );
    expect(invalid.status).toBe(422);
    expect(await invalid.json()).toEqual({ message: expect.stringContaining('messages.0.payload') });
  });

  function postBatch(body: unknown, headers: Record<string, string>): Promise<Response> {
    return fetch(`${stack.gateway.url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
});
