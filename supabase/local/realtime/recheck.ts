import type { RealtimeSocket } from './socket.ts';
import { TOPIC_PREFIX } from './topic.ts';

/**
 * Asks again for each private channel of the sockets whether its user may still read it, and ends those that may not: a token
 * outlives the membership that it was given for. Many channels of one user and topic are one question. Never rejects.
 */
export async function recheckPermissions(sockets: Iterable<RealtimeSocket>): Promise<void> {
  const answers = new Map<string, Promise<boolean>>();
  for (const socket of sockets) {
    for (const channel of socket.channels.values()) {
      if (!channel.isPrivate) continue;
      const { services } = socket;
      const name = channel.topic.slice(TOPIC_PREFIX.length);
      const { identity } = channel;
      const key = JSON.stringify([identity.role, identity.sub, name]);
      const answer = answers.get(key) ?? services.authorizer.mayRead(name, identity);
      answers.set(key, answer);
      try {
        const mayRead = await answer;
        const isCurrent = socket.channels.get(channel.topic) === channel && channel.identity === identity;
        if (!mayRead && isCurrent)
          socket.shutDown(channel, `You no longer have permission to read from this Channel topic: ${name}`);
      } catch (error) {
        // The next round asks again.
        services.log('warn', 'the database did not say whether a channel may still be read', { error: String(error) });
        return;
      }
    }
  }
}
