import type { Broadcast, Member } from './hub.ts';
import type { Identity } from './identity.ts';

/** The longest delay that a timer takes, about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The socket's side of a channel: sends frames, and ends the channel when its token runs out. */
export type ChannelOwner = {
  send(broadcast: Broadcast): void;
  onExpired(channel: Channel): void;
};

type ChannelOptions = { topic: string; joinRef: string; isPrivate: boolean; ack: boolean; self: boolean };

/** One topic that one socket has joined, or is about to. */
export class Channel implements Member {
  readonly topic: string;
  readonly joinRef: string;
  readonly isPrivate: boolean;
  readonly ack: boolean;
  readonly self: boolean;
  /** The answer of the INSERT policy, asked at the first send and again after a new token. */
  mayWrite: Promise<boolean> | null = null;
  readonly #owner: ChannelOwner;
  /** Live messages that wait until the replayed ones are out; null when nothing has to wait. */
  #held: Broadcast[] | null = [];
  readonly #replayedIds = new Set<string>();
  #expiry: NodeJS.Timeout | null = null;
  #identity: Identity;
  #disposed = false;

  constructor(options: ChannelOptions, identity: Identity, owner: ChannelOwner) {
    this.topic = options.topic;
    this.joinRef = options.joinRef;
    this.isPrivate = options.isPrivate;
    this.ack = options.ack;
    this.self = options.self;
    this.#owner = owner;
    this.#identity = identity;
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** Takes a new identity; permissions are asked anew, and the expiry moves. */
  setIdentity(identity: Identity): void {
    this.#identity = identity;
    this.mayWrite = null;
    this.watchExpiry();
  }

  /** Ends the channel at the moment its token expires. */
  watchExpiry(): void {
    if (this.#expiry) clearTimeout(this.#expiry);
    const { expiresAt } = this.#identity;
    if (expiresAt === null || this.#disposed) return;
    const delayMs = Math.min(Math.max(expiresAt - Date.now(), 0), MAX_TIMER_MS);
    this.#expiry = setTimeout(() => {
      if (Date.now() < expiresAt) this.watchExpiry();
      else this.#owner.onExpired(this);
    }, delayMs);
    this.#expiry.unref();
  }

  /** A live message from the hub. One that was just replayed is not sent twice. */
  deliver(broadcast: Broadcast): void {
    if (this.#held) {
      this.#held.push(broadcast);
      return;
    }
    const id = broadcast.content.meta?.id;
    if (id !== undefined && this.#replayedIds.has(id)) return;
    this.#owner.send(broadcast);
  }

  /** Sends the replayed messages, then the live ones that came meanwhile; from now on live ones go straight out. */
  open(replayed: Broadcast[]): void {
    for (const broadcast of replayed) {
      if (broadcast.content.meta) this.#replayedIds.add(broadcast.content.meta.id);
      this.#owner.send(broadcast);
    }
    const held = this.#held ?? [];
    this.#held = null;
    for (const broadcast of held) this.deliver(broadcast);
  }

  /** Stops the timer; a join that is still under way cannot start it again. */
  dispose(): void {
    this.#disposed = true;
    if (this.#expiry) clearTimeout(this.#expiry);
    this.#held = null;
  }
}
