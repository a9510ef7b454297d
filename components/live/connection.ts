import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { type LinkState, rebuildDelayMs, toLinkState, type TopicState } from './link-state.ts';

export type TopicListener = {
  /** A broadcast: its event's name and payload. */
  onMessage(event: string, payload: unknown): void;
  /** The topic was joined, first or again: what was missed in between must be fetched. */
  onJoined(): void;
};

type Topic = {
  listeners: Set<TopicListener>;
  channel: RealtimeChannel | null;
  state: TopicState;
  rebuilds: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

type Options = {
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
  readonly #options: Options;
  readonly #topics = new Map<string, Topic>();
  readonly #leaving = new Map<string, Promise<unknown>>();
  readonly #watchers = new Set<() => void>();
  #link: LinkState = 'connecting';
  #stopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  readonly link = (): LinkState => this.#link;

  readonly watchLink = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Listens to a private topic. @returns the end of it. */
  listen(name: string, listener: TopicListener): () => void {
    const known = this.#topics.get(name);
    const topic: Topic = known ?? { listeners: new Set(), channel: null, state: 'joining', rebuilds: 0, timer: undefined };
    topic.listeners.add(listener);
    if (!known) {
      this.#topics.set(name, topic);
      void this.#join(name, topic);
    } else if (topic.state === 'joined') {
      listener.onJoined();
    }
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size === 0) this.#leave(name, topic);
    };
  }

  /** After sleep or a long absence the token may be stale before the client notices. */
  async refreshToken(): Promise<void> {
    await this.#options.client.realtime.setAuth();
  }

  stop(): void {
    this.#stopped = true;
    for (const [name, topic] of this.#topics) this.#leave(name, topic);
  }

  async #join(name: string, topic: Topic): Promise<void> {
    // Without a token the first join goes out as anonymous and is refused.
    await this.#options.client.realtime.setAuth().catch(() => undefined);
    // The client hands out the old channel of this name for as long as it is being left.
    await this.#leaving.get(name);
    if (this.#topics.get(name) !== topic || this.#stopped) return;
    const channel = this.#options.client.channel(name, { config: { private: true } });
    topic.channel = channel;
    channel
      .on('broadcast', { event: '*' }, ({ event, payload }) => {
        for (const listener of topic.listeners) listener.onMessage(event, payload);
      })
      .subscribe((status) => this.#onStatus(name, topic, channel, status));
  }

  #onStatus(name: string, topic: Topic, channel: RealtimeChannel, status: string): void {
    if (topic.channel !== channel || this.#topics.get(name) !== topic) return;
    if (status === 'SUBSCRIBED') {
      topic.rebuilds = 0;
      this.#setState(topic, 'joined');
      for (const listener of topic.listeners) listener.onJoined();
      return;
    }
    this.#setState(topic, 'lost');
    this.#options.forgetToken();
    if (status === 'CLOSED') this.#rebuild(name, topic);
    else void this.refreshToken().catch(() => undefined);
  }

  #rebuild(name: string, topic: Topic): void {
    topic.channel = null;
    topic.timer = setTimeout(() => void this.#join(name, topic), rebuildDelayMs(topic.rebuilds));
    topic.rebuilds += 1;
  }

  #leave(name: string, topic: Topic): void {
    if (this.#topics.get(name) !== topic) return;
    this.#topics.delete(name);
    clearTimeout(topic.timer);
    const { channel } = topic;
    topic.channel = null;
    if (channel) {
      const left = this.#options.client.removeChannel(channel).finally(() => this.#leaving.delete(name));
      this.#leaving.set(name, left);
    }
    this.#publish();
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
