import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { openProxy, type ProxyMode, type TcpProxy } from './tcp-proxy.ts';

/** A server that answers each message by itself. */
let server: Server;
let seen: string[];
let proxy: TcpProxy;

beforeEach(async () => {
  seen = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      seen.push(bytes.toString());
      socket.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await openProxy((server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  server.close();
});

async function connect(): Promise<Socket> {
  const socket = createConnection(proxy.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, message: string): Promise<string> {
  socket.write(message);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

/** Resolves with how the connection ended. */
const end = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    socket.once('close', () => resolve('closed'));
  });

it('passes both directions', async () => {
  const socket = await connect();
  expect(await ask(socket, 'hello')).toBe('hello');
  socket.destroy();
});

it('refuses new connections, and takes them again', async () => {
  await proxy.set({ kind: 'refuse' });
  await expect(connect()).rejects.toThrow('ECONNREFUSED');
  await proxy.set({ kind: 'pass' });
  const socket = await connect();
  expect(await ask(socket, 'hello')).toBe('hello');
  socket.destroy();
});

it.each<ProxyMode>([{ kind: 'refuse' }, { kind: 'reset' }])('ends open connections by $kind', async (mode) => {
  const socket = await connect();
  await ask(socket, 'hello');
  const ended = end(socket);
  await proxy.set(mode);
  expect(['closed', 'ECONNRESET']).toContain(await ended);
  expect(proxy.hits()).toBe(1);
});

it.each<ProxyMode>([{ kind: 'blackhole' }, { kind: 'half-open', held: 'request' }])(
  'holds what is sent in $kind, until the line heals',
  async (mode) => {
    const socket = await connect();
    await ask(socket, 'before');
    await proxy.set(mode);
    socket.write('held');
    const answer = once(socket, 'data');
    // Another connection of a mode that passes shows that there was time enough for it to arrive.
    const direct = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
    await ask(direct, 'direct');
    expect(seen).toEqual(['before', 'direct']);
    await proxy.set({ kind: 'pass' });
    expect(String((await answer)[0])).toBe('held');
    socket.destroy();
    direct.destroy();
  },
);

it('delivers late, and in order', async () => {
  await proxy.set({ kind: 'delay', ms: 20, jitterMs: 20 });
  const socket = await connect();
  const answers = [await ask(socket, 'one'), await ask(socket, 'two')];
  expect(answers).toEqual(['one', 'two']);
  expect(proxy.hits()).toBe(1);
  socket.destroy();
});

it('cuts a connection after so many bytes', async () => {
  await proxy.set({ kind: 'cut-after', bytes: 4 });
  const socket = await connect();
  const ended = end(socket);
  socket.write('12345678');
  await ended;
  expect(proxy.hits()).toBe(1);
});

it('lets the work be done and loses the reply, so many times', async () => {
  await proxy.set({
    kind: 'cut-before-reply',
    request: 'COMMIT',
    isWhole: (reply) => reply.includes('COMMIT'),
    times: 1,
  });
  const socket = await connect();
  expect(await ask(socket, 'SELECT')).toBe('SELECT');
  const ended = end(socket);
  socket.write('COMMIT');
  expect(await ended).toBe('closed');
  expect(seen).toEqual(['SELECT', 'COMMIT']);
  const next = await connect();
  expect(await ask(next, 'COMMIT')).toBe('COMMIT');
  next.destroy();
});
