import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { type LinkState, rebuildDelayMs, toLinkState, type TopicState } from './link-state.ts';

export type TopicListener = {
  /** A broadcast: its event's name and payload. */
  onMessage(event: string, payload: unknown): void;
  /** The topic was joined, first or again: what was missed in between must be fetched. */
  onJoined(): void;
};

type Topic = {
  name: string;
  listeners: Set<TopicListener>;
  channel: RealtimeChannel | null;
  state: TopicState;
  rebuilds: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** A client that is ready to join, from one start to the next stop. */
export type Session = {
  client: Pick<SupabaseClient, 'channel' | 'removeChannel' | 'realtime'>;
  /** Drops the cached token, so that the next use fetches a fresh one. */
  forgetToken(): void;
};

/**
 * The page's one connection to Realtime: topics are joined once however many components listen.
 *
 * The client rejoins by itself after an error or a dropped socket. A channel that closes without being asked (expired
 * token, revoked permission, rate limit) stays closed: it is built anew with a fresh token.
 */
export class LiveConnection {
  readonly #topics = new Map<string, Topic>();
  readonly #leaving = new Map<string, Promise<unknown>>();
  readonly #watchers = new Set<() => void>();
  #session: Session | null = null;
  #link: LinkState = 'connecting';

  readonly link = (): LinkState => this.#link;

  readonly watchLink = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Joins what is listened to. @returns the end of it. */
  start(session: Session): () => void {
    this.#session = session;
    for (const topic of this.#topics.values()) void this.#join(topic);
    return () => {
      this.#session = null;
      for (const topic of this.#topics.values()) this.#reset(topic);
      this.#leaving.clear();
      this.#publish();
      void session.client.realtime.disconnect();
    };
  }

  /** Listens to a private topic. @returns the end of it. */
  listen(name: string, listener: TopicListener): () => void {
    const known = this.#topics.get(name);
    const topic: Topic = known ?? {
      name,
      listeners: new Set(),
      channel: null,
      state: 'joining',
      rebuilds: 0,
      timer: undefined,
    };
    topic.listeners.add(listener);
    if (!known) {
      this.#topics.set(name, topic);
      void this.#join(topic);
    } else if (topic.state === 'joined') {
      listener.onJoined();
    }
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size === 0) this.#leave(topic);
    };
  }

  /** After sleep or a long absence the token may be stale before the client notices. */
  async refreshToken(): Promise<void> {
    // Where the token cannot be fetched now, the client asks again with its next heartbeat.
    await this.#session?.client.realtime.setAuth().catch(() => undefined);
  }

  async #join(topic: Topic): Promise<void> {
    const session = this.#session;
    if (!session) return;
    // Without a token the first join goes out as anonymous and is refused.
    await this.refreshToken();
    // The client hands out the old channel of this name for as long as it is being left.
    await this.#leaving.get(topic.name);
    if (this.#session !== session || this.#topics.get(topic.name) !== topic) return;
    const channel = session.client.channel(topic.name, { config: { private: true } });
    topic.channel = channel;
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }) => {
        for (const listener of topic.listeners) listener.onMessage(event, payload);
      })
      .subscribe((status) => this.#onStatus(topic, channel, status));
  }

  #onStatus(topic: Topic, channel: RealtimeChannel, status: string): void {
    if (topic.channel !== channel) return;
    if (status === 'SUBSCRIBED') {
      topic.rebuilds = 0;
      this.#setState(topic, 'joined');
      for (const listener of topic.listeners) listener.onJoined();
      return;
    }
    this.#setState(topic, 'lost');
    this.#session?.forgetToken();
    if (status === 'CLOSED') this.#rebuild(topic);
    else void this.refreshToken();
  }

  #rebuild(topic: Topic): void {
    topic.channel = null;
    topic.timer = setTimeout(() => void this.#join(topic), rebuildDelayMs(topic.rebuilds));
    topic.rebuilds += 1;
  }

  #leave(topic: Topic): void {
    if (this.#topics.get(topic.name) !== topic) return;
    this.#topics.delete(topic.name);
    const { channel } = topic;
    this.#reset(topic);
    if (channel && this.#session) {
      const left = this.#session.client.removeChannel(channel).finally(() => this.#leaving.delete(topic.name));
      this.#leaving.set(topic.name, left);
    }
    this.#publish();
  }

  /** From here on whatever the topic's channel says is ignored. */
  #reset(topic: Topic): void {
    clearTimeout(topic.timer);
    topic.channel = null;
    topic.state = 'joining';
  }

  #setState(topic: Topic, state: TopicState): void {
    topic.state = state;
    this.#publish();
  }

  #publish(): void {
    const link = toLinkState([...this.#topics.values()].map((topic) => topic.state));
    if (link === this.#link) return;
    this.#link = link;
    for (const watcher of this.#watchers) watcher();
  }
}
