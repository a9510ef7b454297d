import { encodeBroadcast } from './frames.ts';
import type { BroadcastContent, Version } from './frames.ts';

/** A broadcast that is encoded at most once for each protocol version, however many sockets receive it. */
export class Broadcast {
  readonly content: BroadcastContent;
  readonly #frames = new Map<Version, string | Buffer | null>();

  constructor(content: BroadcastContent) {
    this.content = content;
  }

  /** The frame to send, or null when this version cannot carry it. */
  frameFor(version: Version): string | Buffer | null {
    let frame = this.#frames.get(version);
    if (frame === undefined) {
      frame = encodeBroadcast(version, this.content);
      this.#frames.set(version, frame);
    }
    return frame;
  }
}

/** A joined channel as the hub sees it. `topic` with `realtime:`. */
export type Member = {
  readonly topic: string;
  readonly isPrivate: boolean;
  deliver(broadcast: Broadcast): void;
};

/** Who is joined to what. Public and private channels of one name are different topics. */
export class Hub {
  readonly #topics = new Map<string, Set<Member>>();

  add(member: Member): void {
    const key = topicKey(member.topic, member.isPrivate);
    const members = this.#topics.get(key) ?? new Set();
    this.#topics.set(key, members.add(member));
  }

  remove(member: Member): void {
    const key = topicKey(member.topic, member.isPrivate);
    const members = this.#topics.get(key);
    members?.delete(member);
    if (members?.size === 0) this.#topics.delete(key);
  }

  /** Sends to every member of the topic but `except`. */
  publish(content: BroadcastContent, isPrivate: boolean, except?: Member): void {
    const members = this.#topics.get(topicKey(content.topic, isPrivate));
    if (!members) return;
    const broadcast = new Broadcast(content);
    for (const member of members) {
      if (member !== except) member.deliver(broadcast);
    }
  }

  get topicCount(): number {
    return this.#topics.size;
  }
}

function topicKey(topic: string, isPrivate: boolean): string {
  return `${isPrivate ? 'private' : 'public'} ${topic}`;
}
