import { z } from 'zod';

import type { Channel } from './channel.ts';
import { IdentityError, isOpaqueKey } from './identity.ts';
import type { RealtimeSocket } from './socket.ts';
import { TOPIC_PREFIX } from './topic.ts';

const schema = z.object({ access_token: z.string() });

/** A new token for a channel: the permission is asked again, and lost permission ends the channel. Never rejects. */
export async function handleAccessToken(socket: RealtimeSocket, channel: Channel, payload: unknown): Promise<void> {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return;
  const token = parsed.data.access_token;
  if (isOpaqueKey(token) || token === channel.identity.token) return;
  const { identities, authorizer, log } = socket.services;
  const isCurrent = (): boolean => socket.channels.get(channel.topic) === channel;
  const name = channel.topic.slice(TOPIC_PREFIX.length);
  try {
    const identity = await identities.fromToken(token);
    const mayRead = !channel.isPrivate || (await authorizer.mayRead(name, identity));
    if (!isCurrent()) return;
    if (mayRead) channel.setIdentity(identity);
    else socket.shutDown(channel, `You no longer have permission to read from this Channel topic: ${name}`);
  } catch (error) {
    if (!isCurrent()) return;
    if (error instanceof IdentityError) return socket.shutDown(channel, error.message);
    log('warn', 'the database did not answer a new token', { topic: channel.topic, error: String(error) });
    // Not phx_close, after which the client would not come back.
    socket.failChannel(channel);
  }
}
