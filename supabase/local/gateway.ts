import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import postgres from 'postgres';

import { LocalStackError } from './errors.ts';
import { answer, answerPreflight, isPreflight } from './http/answer.ts';
import { servesAuth } from './http/auth-routes.ts';
import { BodyTooLarge } from './http/body.ts';
import { serveByLite } from './http/lite-proxy.ts';
import { RestBroadcast } from './http/rest-broadcast.ts';
import { createLite } from './lite.ts';
import { createAuthorizer } from './realtime/authorize.ts';
import { toBroadcast } from './realtime/database-broadcast.ts';
import { Hub } from './realtime/hub.ts';
import { createIdentities } from './realtime/identity.ts';
import { DEFAULT_LIMITS, KeyedRateLimiter } from './realtime/limits.ts';
import type { Limits } from './realtime/limits.ts';
import { keepPartitions } from './realtime/partitions.ts';
import { startReplication } from './realtime/replication.ts';
import type { Log, Services } from './realtime/services.ts';
import { SocketServer } from './realtime/socket-server.ts';

const HEALTH_PATIENCE_MS = 2_000;
const FIRST_UP_PATIENCE_MS = 2_000;

/** Port 0 takes any free one. `jwtExpirySeconds` is the life of a sign-in's token, an hour unless given. */
export type GatewayOptions = {
  host: string;
  port: number;
  adminUrl: string;
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  siteUrl?: string;
  jwtExpirySeconds?: number;
  limits?: Partial<Limits>;
  log?: Log;
};

/** Counts since the start and of now, for /health and tests. */
export type GatewayStats = {
  postgres: boolean;
  replication: boolean;
  sockets: number;
  channels: number;
  topics: number;
  bufferedBytes: number;
  slowSockets: number;
  databaseBroadcasts: number;
};

export type Gateway = { url: string; port: number; stop(): Promise<void>; stats(): Promise<GatewayStats> };

/**
 * Starts the local Supabase API on one port: Auth and REST by lite, Realtime Broadcast by this folder. It outlives its
 * database: while Postgres is away /health says so, and on its return private channels join again.
 * @throws LocalStackError when the port is taken
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const log = options.log ?? (() => {});
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const sql = postgres(options.adminUrl, {
    max: 10,
    connect_timeout: 5,
    backoff: () => 0.2,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'taskdeck-gateway', statement_timeout: 5_000 },
  });
  const hub = new Hub();
  const services: Services = {
    sql,
    hub,
    limits,
    log,
    identities: createIdentities(options),
    authorizer: createAuthorizer(sql, (error) =>
      log('warn', 'a policy on realtime.messages failed', { error: String(error) }),
    ),
    isReplicationUp: () => replication.isUp(),
  };
  const sockets = new SocketServer(services);
  let databaseBroadcasts = 0;
  const firstUp = Promise.withResolvers<void>();
  const replication = startReplication(options.adminUrl, {
    onRow(row) {
      const broadcast = toBroadcast(row);
      if (!broadcast) return;
      if (broadcast.content.payload.length > limits.databasePayloadBytes) {
        return log('warn', 'a database broadcast is too large', {
          topic: broadcast.content.topic,
          bytes: broadcast.content.payload.length,
        });
      }
      databaseBroadcasts += 1;
      hub.publish(broadcast.content, broadcast.isPrivate);
    },
    onUp() {
      firstUp.resolve();
      log('info', 'database broadcasts are connected');
      // Whoever joined before now may have missed some.
      sockets.rejoinPrivateChannels();
    },
    onDown: (error) => log('warn', 'database broadcasts are not connected', { error: String(error) }),
  });
  const partitions = keepPartitions(sql, log);
  const lite = createLite({ ...options, statementMs: limits.statementMs });
  const liteProxy = {
    app: lite.app,
    identities: services.identities,
    keys: options,
    bodyBytes: limits.bodyBytes,
    passwords: new KeyedRateLimiter(limits.passwordsPerMinute, 60_000),
  };
  const restBroadcast = new RestBroadcast(services);

  async function stats(): Promise<GatewayStats> {
    return {
      postgres: await answers(sql),
      replication: replication.isUp(),
      ...sockets.stats(),
      topics: hub.topicCount,
      databaseBroadcasts,
    };
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isPreflight(request)) return answerPreflight(request, response);
    const url = new URL(request.url ?? '/', 'http://gateway');
    if (/^\/rest\/v1(\/|$)/.test(url.pathname) || servesAuth(request.method ?? 'GET', url.pathname)) {
      return serveByLite(liteProxy, request, response);
    }
    if (url.pathname === '/health') {
      const now = await stats();
      return answer(response, now.postgres && now.replication ? 200 : 503, now);
    }
    if (RestBroadcast.serves(url.pathname)) return restBroadcast.serve(request, response, url);
    answer(response, 404, { message: 'Not found' });
  }

  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    route(request, response).catch((error: unknown) => fail(error, response, log));
  });
  server.on('upgrade', (request, socket, head) => void sockets.upgrade(request, socket, head));

  async function stop(): Promise<void> {
    const closed = new Promise<void>((done) => server.close(() => done()));
    await sockets.stop();
    server.closeAllConnections();
    partitions.stop();
    await Promise.all([closed, replication.stop(), lite.close(), sql.end({ timeout: 1 })]);
  }

  try {
    // Who joins at once should miss nothing; without a database the gateway serves all the same.
    await Promise.race([firstUp.promise, delay(FIRST_UP_PATIENCE_MS, undefined, { ref: false })]);
    const { port } = await listen(server, options.host, options.port);
    return { url: `http://${options.host}:${port}`, port, stop, stats };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((done, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new LocalStackError(
              `Port ${port} for Supabase is in use by another program`,
              'Stop that program or choose another port.',
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no address'));
      else done(address);
    });
  });
}

async function answers(sql: postgres.Sql): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((done) => (timer = setTimeout(() => done(false), HEALTH_PATIENCE_MS)));
  const question = sql`select 1`.then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([question, patience]);
  clearTimeout(timer);
  return answered;
}

/** An error says nothing about itself to the client. */
function fail(error: unknown, response: ServerResponse, log: Log): void {
  if (response.headersSent) return void response.destroy();
  if (error instanceof BodyTooLarge) {
    response.setHeader('connection', 'close');
    return answer(response, 413, { message: 'Request body too large' });
  }
  log('error', 'request failed', { error: String(error) });
  answer(response, 500, { message: 'Internal server error' });
}
