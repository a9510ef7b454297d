import { createClient } from '@supabase/supabase-js';
import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';

import type { TestStack } from './testing.ts';
import { signTestToken } from './testing.ts';

/** Shorter than the client's 25 s, so that tests see a lost heartbeat. */
export const HEARTBEAT_MS = 1_000;

/** What `.on('broadcast')` hands to an application. */
export type Received = { event: string; payload: unknown; meta?: { id: string; replayed?: boolean } };

const tokens = new WeakMap<SupabaseClient, { current: string | null }>();

/** An unmodified client, anonymous or with that user's token. Its first join carries the token. */
export async function connectClient(
  stack: TestStack,
  user?: { sub: string; expiresInSeconds?: number },
): Promise<SupabaseClient> {
  const token: { current: string | null } = { current: null };
  const client = createClient(stack.gateway.url, stack.keys.publishableKey, {
    accessToken: async () => token.current,
    realtime: { heartbeatIntervalMs: HEARTBEAT_MS },
  });
  tokens.set(client, token);
  if (user) await changeToken(client, signTestToken(stack.keys.jwtSecret, { sub: user.sub }, user.expiresInSeconds));
  return client;
}

/** Gives a client another token, as a refreshed session does. */
export async function changeToken(client: SupabaseClient, token: string): Promise<void> {
  const holder = tokens.get(client);
  if (!holder) throw new Error('the client was not made by connectClient');
  holder.current = token;
  await client.realtime.setAuth();
}

/** Leaves all channels and closes the socket at once; by itself the client would keep it for another 50 s. */
export async function disconnectClient(client: SupabaseClient): Promise<void> {
  await client.removeAllChannels();
  await client.realtime.disconnect();
}

/** What happened to a channel, and ways to wait for it. */
export type Listener = {
  channel: RealtimeChannel;
  statuses: string[];
  errors: string[];
  messages: Received[];
  system: string[];
  /** Resolves when `done` holds, at once or after one of the channel's next events. */
  until(done: (listener: Listener) => boolean): Promise<Listener>;
};

/** Subscribes and records. The channel may already have been configured; it must not be subscribed yet. */
export function listen(channel: RealtimeChannel): Listener {
  const waiting = new Set<() => void>();
  const listener: Listener = {
    channel,
    statuses: [],
    errors: [],
    messages: [],
    system: [],
    until(done) {
      return new Promise((resolve) => {
        const check = (): void => {
          if (!done(listener)) return;
          waiting.delete(check);
          resolve(listener);
        };
        waiting.add(check);
        check();
      });
    },
  };
  const notify = (): void => waiting.forEach((check) => check());
  channel.on('broadcast', { event: '*' }, (message) => {
    listener.messages.push(message as unknown as Received);
    notify();
  });
  channel.on('system', {}, (message: { message: string }) => {
    listener.system.push(message.message);
    notify();
  });
  channel.subscribe((status, error) => {
    listener.statuses.push(status);
    if (error) listener.errors.push(error.message);
    notify();
  });
  return listener;
}

/** As `listen`, and waits until the channel is joined. */
export function join(channel: RealtimeChannel): Promise<Listener> {
  return listen(channel).until(({ statuses }) => statuses.at(-1) === 'SUBSCRIBED');
}

/** The states since the channel was joined for the first time. */
export function statusesAfterJoin({ statuses }: Listener): string[] {
  return statuses.slice(statuses.indexOf('SUBSCRIBED') + 1);
}
