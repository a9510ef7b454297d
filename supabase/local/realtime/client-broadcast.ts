import type { Channel } from './channel.ts';
import type { ClientFrame } from './frames.ts';
import type { RealtimeSocket } from './socket.ts';
import { TOPIC_PREFIX } from './topic.ts';

type BroadcastFrame = Extract<ClientFrame, { kind: 'broadcast' }>;

/**
 * A message that a client sends to its channel. Too many shut the channel; one too large, or without permission on a
 * private channel, is not passed on. Never rejects.
 */
export async function handleBroadcast(socket: RealtimeSocket, channel: Channel, frame: BroadcastFrame): Promise<void> {
  const { hub, limits } = socket.services;
  if (!socket.messageRate.take()) return socket.shutDown(channel, 'Too many messages per second');
  if (frame.payload.length > limits.payloadBytes) {
    if (channel.ack) socket.reply(frame, 'error', { reason: 'payload_size_exceeded' });
    return;
  }
  // As on Supabase, a sender without permission hears nothing.
  if (channel.isPrivate && !(await mayWrite(socket, channel))) return;
  if (socket.channels.get(channel.topic) !== channel) return;
  const { topic, event, payload, encoding } = frame;
  hub.publish({ topic, event, payload, encoding }, channel.isPrivate, channel.self ? undefined : channel);
  if (channel.ack) socket.reply(frame, 'ok', {});
}

/** Asked once for each token. Frames that wait for the same answer go on in the order in which they came. */
function mayWrite(socket: RealtimeSocket, channel: Channel): Promise<boolean> {
  const { authorizer, log } = socket.services;
  channel.mayWrite ??= authorizer
    .mayWrite(channel.topic.slice(TOPIC_PREFIX.length), channel.identity)
    .catch((error: unknown) => {
      log('warn', 'the database did not answer a send', { topic: channel.topic, error: String(error) });
      channel.mayWrite = null;
      return false;
    });
  return channel.mayWrite;
}
