import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../scripts/start/free-port.ts';

type Direction = 'request' | 'reply';

/** What happens to bytes on their way; applies at once, to open connections too. */
export type ProxyMode =
  | { kind: 'pass' }
  /** Nobody listens; open connections are closed. */
  | { kind: 'refuse' }
  /** Each connection is reset, new ones too. */
  | { kind: 'reset' }
  /** Connections are accepted and nothing is forwarded; like a network that heals, it comes through later. */
  | { kind: 'blackhole' }
  /** One direction is held: what the client sends (`request`) or what it is sent (`reply`). */
  | { kind: 'half-open'; held: Direction }
  | { kind: 'delay'; ms: number; jitterMs: number }
  | { kind: 'throttle'; bytesPerSecond: number }
  /** A connection is cut when so many bytes have been forwarded on it. */
  | { kind: 'cut-after'; bytes: number }
  /**
   * The first `times` requests that contain `request` are forwarded and their replies awaited until `isWhole`; then the connection
   * is cut. The work is done and the client does not know.
   */
  | CutBeforeReply;

type CutBeforeReply = {
  kind: 'cut-before-reply';
  request: string;
  isWhole: (reply: Buffer) => boolean;
  times: number;
};

export type TcpProxy = {
  port: number;
  set(mode: ProxyMode): Promise<void>;
  /** Connections that the mode has harmed since it was set. */
  hits(): number;
  close(): Promise<void>;
};

/** The two sockets of a connection, by what arrives on them. */
type Pair = Record<Direction, Socket> & { forwarded: number; unread: Buffer | undefined; harmed: boolean };

const directions = ['request', 'reply'] as const;

/** Forwards a port of its own to `target` on this machine. */
export async function openProxy(target: number): Promise<TcpProxy> {
  const port = await freePort();
  const pairs = new Set<Pair>();
  let mode: ProxyMode = { kind: 'pass' };
  let listener: Server | undefined;
  let hits = 0;

  function connect(client: Socket): void {
    const server = createConnection(target, '127.0.0.1');
    const pair: Pair = { request: client, reply: server, forwarded: 0, unread: undefined, harmed: false };
    pairs.add(pair);
    for (const direction of directions) {
      const socket = pair[direction];
      socket.on('error', () => drop(pair)).on('close', () => drop(pair));
      socket.on('data', (bytes) => forward(pair, direction, bytes));
    }
    apply(pair);
  }

  /** Brings an open connection into the mode. */
  function apply(pair: Pair): void {
    pair.harmed = false;
    if (mode.kind === 'reset') pair.request.resetAndDestroy();
    if (mode.kind === 'reset' || mode.kind === 'refuse') drop(pair);
    for (const direction of directions) {
      const held = mode.kind === 'blackhole' || (mode.kind === 'half-open' && mode.held === direction);
      if (held) pair[direction].pause();
      else pair[direction].resume();
    }
    if (['reset', 'refuse', 'blackhole', 'half-open'].includes(mode.kind)) harm(pair);
  }

  function harm(pair: Pair): void {
    if (!pair.harmed) hits += 1;
    pair.harmed = true;
  }

  function drop(pair: Pair): void {
    pairs.delete(pair);
    for (const direction of directions) pair[direction].destroy();
  }

  function forward(pair: Pair, direction: Direction, bytes: Buffer): void {
    const to = pair[direction === 'request' ? 'reply' : 'request'];
    switch (mode.kind) {
      case 'delay':
        return late(pair, direction, bytes, mode.ms + Math.random() * mode.jitterMs);
      case 'throttle':
        return late(pair, direction, bytes, (bytes.length / mode.bytesPerSecond) * 1_000);
      case 'cut-after':
        pair.forwarded += bytes.length;
        to.write(bytes);
        return pair.forwarded >= mode.bytes ? cut(pair) : undefined;
      case 'cut-before-reply':
        return cutBeforeReply(pair, mode, direction, bytes);
      default:
        to.write(bytes);
    }
  }

  /** The socket is held meanwhile, so that bytes keep their order. */
  function late(pair: Pair, direction: Direction, bytes: Buffer, ms: number): void {
    harm(pair);
    pair[direction].pause();
    setTimeout(() => {
      pair[direction === 'request' ? 'reply' : 'request'].write(bytes);
      pair[direction].resume();
    }, ms);
  }

  function cut(pair: Pair): void {
    harm(pair);
    drop(pair);
  }

  function cutBeforeReply(
    pair: Pair,
    { request, isWhole, times }: CutBeforeReply,
    from: Direction,
    bytes: Buffer,
  ): void {
    if (from === 'request') {
      if (hits < times && bytes.includes(request)) pair.unread ??= Buffer.alloc(0);
      pair.reply.write(bytes);
    } else if (pair.unread) {
      pair.unread = Buffer.concat([pair.unread, bytes]);
      if (isWhole(pair.unread)) cut(pair);
    } else {
      pair.request.write(bytes);
    }
  }

  async function listen(): Promise<void> {
    if (listener) return;
    listener = createServer(connect).listen(port, '127.0.0.1');
    await once(listener, 'listening');
  }

  function unlisten(): void {
    listener?.close();
    listener = undefined;
  }

  await listen();
  return {
    port,
    hits: () => hits,
    set: async (next) => {
      mode = next;
      hits = 0;
      for (const pair of pairs) apply(pair);
      if (next.kind === 'refuse') unlisten();
      else await listen();
    },
    close: async () => {
      unlisten();
      for (const pair of pairs) drop(pair);
    },
  };
}

/** A whole answer of Postgres ends with ReadyForQuery, idle: the transaction is over. */
export const postgresReplyIsWhole = (reply: Buffer): boolean => reply.subarray(-6).equals(Buffer.from('Z\0\0\0\x05I'));
