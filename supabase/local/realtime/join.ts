import { setTimeout as delay } from 'node:timers/promises';

import { Channel } from './channel.ts';
import type { Broadcast } from './hub.ts';
import { IdentityError, isOpaqueKey } from './identity.ts';
import type { Identity } from './identity.ts';
import { parseJoin } from './join-request.ts';
import type { JoinRequest } from './join-request.ts';
import { readReplay } from './replay.ts';
import type { RealtimeSocket, ReplyAddress } from './socket.ts';
import { TOPIC_PREFIX } from './topic.ts';

const CLOSE_POLICY = 1008;
const REPLICATION_PATIENCE_MS = 10_000;
const REPLICATION_POLL_MS = 500;

/** Why a join is refused, as `<Code>: <message>` for the client. */
class JoinRefusal extends Error {
  override name = 'JoinRefusal';
}

/** Answers phx_join: who is it, may it read, what did it miss. Never rejects. */
export async function handleJoin(socket: RealtimeSocket, frame: ReplyAddress & { payload: unknown }): Promise<void> {
  const { limits, log } = socket.services;
  if (!socket.joinRate.take()) {
    socket.reply(frame, 'error', { reason: 'ClientJoinRateLimitReached: Too many joins per second' });
    socket.end(CLOSE_POLICY, 'too many joins');
    return;
  }
  const earlier = socket.channels.get(frame.topic);
  if (earlier) socket.closeChannel(earlier);
  if (!isTopic(frame.topic)) return socket.replyLate(frame, 'TopicNameRequired: You must provide a topic name');
  if (socket.channels.size >= limits.channelsPerSocket)
    return socket.replyLate(frame, 'ChannelRateLimitReached: Too many channels');

  const request = parseJoin(frame.payload);
  const { isPrivate, ack, self } = request;
  // The place is taken before the first await, so that the limits count joins that are under way.
  const channel = new Channel(
    { topic: frame.topic, joinRef: frame.joinRef ?? frame.ref ?? '', isPrivate, ack, self },
    socket.identity,
    socket,
  );
  socket.channels.set(frame.topic, channel);
  const isCurrent = (): boolean => socket.channels.get(frame.topic) === channel;
  try {
    channel.setIdentity(await identify(socket, request));
    const replayed = await admit(socket, channel, request, isCurrent);
    if (!isCurrent()) return;
    socket.reply(frame, 'ok', { postgres_changes: [] });
    channel.open(replayed);
    if (request.wantsReplicationReady) await reportReplication(socket, channel, isCurrent);
  } catch (error) {
    if (!isCurrent()) return;
    socket.forget(channel);
    if (!(error instanceof JoinRefusal)) log('error', 'join failed', { topic: frame.topic, error: String(error) });
    socket.replyLate(frame, error instanceof JoinRefusal ? error.message : 'Unknown Error on Channel');
  }
}

function isTopic(topic: string): boolean {
  return topic.startsWith(TOPIC_PREFIX) && topic.length > TOPIC_PREFIX.length;
}

/** The first join often comes without a token, or with the API key in its place: then the key's role counts. */
async function identify(socket: RealtimeSocket, { accessToken }: JoinRequest): Promise<Identity> {
  if (!accessToken || isOpaqueKey(accessToken)) return socket.identity;
  try {
    return await socket.services.identities.fromToken(accessToken);
  } catch (error) {
    if (error instanceof IdentityError) throw new JoinRefusal(`${error.code}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Checks the permission, makes the channel a receiver, and reads what it asks to be repeated, in this order. */
async function admit(
  socket: RealtimeSocket,
  channel: Channel,
  request: JoinRequest,
  isCurrent: () => boolean,
): Promise<Broadcast[]> {
  const { services } = socket;
  const name = channel.topic.slice(TOPIC_PREFIX.length);
  if (request.wantsPostgresChanges)
    throw new JoinRefusal('RealtimeDisabledForTenant: The local stack serves Broadcast, not Postgres Changes');
  if (request.replay && !channel.isPrivate)
    throw new JoinRefusal('UnableToReplayMessages: Replay is not allowed for public channels');
  if (request.replay === 'invalid') throw new JoinRefusal('UnableToReplayMessages: Replay params are not valid');
  try {
    if (channel.isPrivate && !(await services.authorizer.mayRead(name, channel.identity))) {
      throw new JoinRefusal(`Unauthorized: You do not have permissions to read from this Channel topic: ${name}`);
    }
    if (!isCurrent()) return [];
    services.hub.add(channel);
    return request.replay ? await readReplay(services.sql, name, request.replay) : [];
  } catch (error) {
    if (error instanceof JoinRefusal) throw error;
    services.log('warn', 'the database did not answer a join', { topic: channel.topic, error: String(error) });
    throw new JoinRefusal('UnableToSetPolicies: Realtime was unable to connect to the project database', {
      cause: error,
    });
  }
}

/** Tells a client that asked for it when database broadcasts flow. */
async function reportReplication(socket: RealtimeSocket, channel: Channel, isCurrent: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + REPLICATION_PATIENCE_MS; isCurrent(); await delay(REPLICATION_POLL_MS)) {
    if (socket.services.isReplicationUp())
      return socket.sendSystem(channel, 'ok', 'Replication connection established');
    if (Date.now() > giveUpAt) return socket.shutDown(channel, 'Replication connection was not established in time');
  }
}
