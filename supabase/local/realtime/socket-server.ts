import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { WebSocketServer } from 'ws';

import type { Version } from './frames.ts';
import { IdentityError } from './identity.ts';
import type { Identity } from './identity.ts';
import { KeyedRateLimiter } from './limits.ts';
import { recheckPermissions } from './recheck.ts';
import type { Services } from './services.ts';
import { RealtimeSocket } from './socket.ts';

export const WEBSOCKET_PATH = '/realtime/v1/websocket';

const GOODBYE_MS = 1_000;
/** Refusals that wait at the same time; beyond it a refused handshake is cut without an answer. */
const MAX_LATE_REFUSALS = 200;

/** A handshake that is answered with an HTTP status. */
class Refusal extends Error {
  override name = 'Refusal';
  readonly status: string;

  constructor(status: string, message: string) {
    super(message);
    this.status = status;
  }
}

/** Accepts the sockets of one gateway and ends them. */
export class SocketServer {
  readonly #services: Services;
  readonly #wss: WebSocketServer;
  readonly #sockets = new Set<RealtimeSocket>();
  readonly #handshakes: KeyedRateLimiter;
  readonly #idleTimer: NodeJS.Timeout;
  #recheckTimer: NodeJS.Timeout;
  #lateRefusals = 0;
  #slowSockets = 0;

  constructor(services: Services) {
    this.#services = services;
    this.#handshakes = new KeyedRateLimiter(services.limits.handshakesPerIpPerSecond);
    this.#wss = new WebSocketServer({
      noServer: true,
      maxPayload: services.limits.frameBytes,
      perMessageDeflate: false,
    });
    this.#idleTimer = setInterval(() => this.#endIdle(), services.limits.idleMs / 4);
    this.#idleTimer.unref();
    this.#recheckTimer = this.#recheckLater();
  }

  /** Handles Node's `upgrade` event. Never rejects. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const onEarlyError = (): void => void socket.destroy();
    socket.on('error', onEarlyError);
    try {
      const { version, identity } = await this.#admit(request);
      socket.off('error', onEarlyError);
      if (socket.destroyed) return;
      this.#wss.handleUpgrade(request, socket, head, (ws) => {
        const client = new RealtimeSocket({
          ws,
          version,
          identity,
          services: this.#services,
          onSlow: () => this.#countSlow(),
        });
        this.#sockets.add(client);
        ws.on('close', () => this.#sockets.delete(client));
      });
    } catch (error) {
      this.#refuse(
        socket,
        error instanceof Refusal ? error : new Refusal('500 Internal Server Error', 'Error connecting to Realtime'),
      );
      if (!(error instanceof Refusal)) this.#services.log('error', 'handshake failed', { error: String(error) });
    }
  }

  /** Has every client of a private channel join again and look for what it missed. */
  rejoinPrivateChannels(): void {
    for (const socket of this.#sockets) socket.rejoinPrivateChannels();
  }

  /** Drops all sockets so that their clients reconnect; channels are not closed. */
  async stop(): Promise<void> {
    clearInterval(this.#idleTimer);
    clearTimeout(this.#recheckTimer);
    for (const socket of this.#sockets) socket.goAway();
    for (const giveUpAt = Date.now() + GOODBYE_MS; this.#sockets.size > 0 && Date.now() < giveUpAt;) await delay(20);
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Counts for /health: no names, no secrets. */
  stats(): { sockets: number; channels: number; bufferedBytes: number; slowSockets: number } {
    const sockets = [...this.#sockets];
    return {
      sockets: sockets.length,
      channels: sockets.reduce((sum, socket) => sum + socket.channels.size, 0),
      bufferedBytes: sockets.reduce((sum, socket) => sum + socket.bufferedBytes, 0),
      slowSockets: this.#slowSockets,
    };
  }

  async #admit(request: IncomingMessage): Promise<{ version: Version; identity: Identity }> {
    const url = new URL(request.url ?? '/', 'http://gateway');
    if (url.pathname !== WEBSOCKET_PATH) throw new Refusal('404 Not Found', 'Not found');
    if (!this.#handshakes.take(request.socket.remoteAddress ?? ''))
      throw new Refusal('429 Too Many Requests', 'Too many joins per second');
    if (this.#sockets.size >= this.#services.limits.sockets)
      throw new Refusal('429 Too Many Requests', 'Too many connected users');
    const header = request.headers['x-api-key'];
    const key = typeof header === 'string' ? header : url.searchParams.get('apikey');
    if (!key) throw new Refusal('401 Unauthorized', 'API key is missing');
    const version = url.searchParams.get('vsn') === '2.0.0' ? '2.0.0' : '1.0.0';
    return { version, identity: await this.#identify(key) };
  }

  async #identify(key: string): Promise<Identity> {
    try {
      return await this.#services.identities.fromApiKey(key);
    } catch (error) {
      if (error instanceof IdentityError) throw new Refusal('401 Unauthorized', error.message);
      throw error;
    }
  }

  #refuse(socket: Duplex, { status, message }: Refusal): void {
    if (this.#lateRefusals >= MAX_LATE_REFUSALS) return void socket.destroy();
    this.#lateRefusals += 1;
    const body = JSON.stringify({ error: message });
    setTimeout(() => {
      this.#lateRefusals -= 1;
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
        () => socket.destroy(),
      );
    }, this.#services.limits.errorDelayMs).unref();
  }

  #countSlow(): void {
    this.#slowSockets += 1;
    this.#services.log('warn', 'a slow reader was disconnected');
  }

  /** From the end of a round to the next, so that rounds of many channels do not overlap. */
  #recheckLater(): NodeJS.Timeout {
    return setTimeout(() => {
      void recheckPermissions(this.#sockets).finally(() => (this.#recheckTimer = this.#recheckLater()));
    }, this.#services.limits.recheckMs).unref();
  }

  #endIdle(): void {
    const now = Date.now();
    for (const socket of this.#sockets) {
      if (socket.isIdle(now)) socket.goAway();
    }
  }
}
