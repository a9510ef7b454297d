import type { RawData, WebSocket } from 'ws';

import { handleAccessToken } from './access-token.ts';
import type { Channel, ChannelOwner } from './channel.ts';
import { handleBroadcast } from './client-broadcast.ts';
import { FrameError, decodeBinary, decodeText, encodePush, encodeReply } from './frames.ts';
import type { ClientFrame, Version } from './frames.ts';
import type { Broadcast } from './hub.ts';
import type { Identity } from './identity.ts';
import { handleJoin } from './join.ts';
import { RateLimiter } from './limits.ts';
import type { Services } from './services.ts';
import { TOPIC_PREFIX } from './topic.ts';

/** WebSocket close codes (RFC 6455, section 7.4.1). */
const CLOSE_GOING_AWAY = 1001;
const CLOSE_BAD_DATA = 1007;
const CLOSE_POLICY = 1008;

/** The part of a frame that its answer repeats. */
export type ReplyAddress = { joinRef: string | null; ref: string | null; topic: string };

type SocketOptions = { ws: WebSocket; version: Version; identity: Identity; services: Services; onSlow(): void };

/** One client's connection: its channels, and what it may still send this second. */
export class RealtimeSocket implements ChannelOwner {
  readonly identity: Identity;
  readonly services: Services;
  readonly channels = new Map<string, Channel>();
  readonly joinRate: RateLimiter;
  readonly messageRate: RateLimiter;
  readonly #ws: WebSocket;
  readonly #version: Version;
  readonly #frameRate: RateLimiter;
  readonly #onSlow: () => void;
  readonly #lateReplies = new Set<NodeJS.Timeout>();
  #heardAt = Date.now();

  constructor({ ws, version, identity, services, onSlow }: SocketOptions) {
    const { limits } = services;
    this.identity = identity;
    this.services = services;
    this.joinRate = new RateLimiter(limits.joinsPerSecond);
    this.messageRate = new RateLimiter(limits.messagesPerSecond);
    this.#frameRate = new RateLimiter(limits.framesPerSecond);
    this.#ws = ws;
    this.#version = version;
    this.#onSlow = onSlow;
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary));
    ws.on('close', () => this.#dispose());
    // ws closes the connection itself after a frame error; without a listener the process would end.
    ws.on('error', (error) => services.log('debug', 'socket error', { error: error.message }));
  }

  /** Sends one text frame. */
  push(frame: ReplyAddress & { event: string; payload: unknown }): void {
    this.#write(encodePush(this.#version, frame));
  }

  /** Answers a frame; nothing is sent for a frame without ref. */
  reply(address: ReplyAddress, status: 'ok' | 'error', response: unknown): void {
    if (address.ref !== null) this.#write(encodeReply(this.#version, address, status, response));
  }

  /** Refuses a frame after a pause, because clients try again at once and for ever. */
  replyLate(address: ReplyAddress, reason: string): void {
    const { errorDelayMs, channelsPerSocket } = this.services.limits;
    if (this.#lateReplies.size >= channelsPerSocket) {
      this.end(CLOSE_POLICY, 'too many refused joins');
      return;
    }
    const timer = setTimeout(() => {
      this.#lateReplies.delete(timer);
      this.reply(address, 'error', { reason });
    }, errorDelayMs);
    this.#lateReplies.add(timer);
  }

  /** ChannelOwner: one broadcast, encoded once for all receivers. */
  send(broadcast: Broadcast): void {
    const frame = broadcast.frameFor(this.#version);
    if (frame !== null) this.#write(frame);
  }

  /** ChannelOwner: the channel's token has run out. */
  onExpired(channel: Channel): void {
    const seconds = Math.max(0, Math.floor((Date.now() - (channel.identity.expiresAt ?? 0)) / 1000));
    this.shutDown(channel, `Token has expired ${seconds} seconds ago`);
  }

  /** Ends a channel for good: the client does not come back by itself. */
  shutDown(channel: Channel, message: string): void {
    this.sendSystem(channel, 'error', message);
    this.closeChannel(channel);
  }

  /** A message to the channel about itself. */
  sendSystem(channel: Channel, status: 'ok' | 'error', message: string): void {
    const { joinRef, topic } = channel;
    this.push({
      joinRef,
      ref: null,
      topic,
      event: 'system',
      payload: { extension: 'system', status, message, channel: topic.slice(TOPIC_PREFIX.length) },
    });
  }

  /** phx_close: the client removes the channel. */
  closeChannel(channel: Channel): void {
    this.forget(channel);
    const { joinRef, topic } = channel;
    this.push({ joinRef, ref: joinRef, topic, event: 'phx_close', payload: {} });
  }

  /** phx_error: the client joins again after a second, with its current token, and looks for what it missed. */
  failChannel(channel: Channel): void {
    this.forget(channel);
    const { joinRef, topic } = channel;
    this.push({ joinRef, ref: joinRef, topic, event: 'phx_error', payload: {} });
  }

  /** Fails the private channels, which are those that carry database broadcasts. */
  rejoinPrivateChannels(): void {
    for (const channel of this.channels.values()) {
      if (channel.isPrivate) this.failChannel(channel);
    }
  }

  /** Drops a channel without a word to the client. */
  forget(channel: Channel): void {
    channel.dispose();
    this.services.hub.remove(channel);
    if (this.channels.get(channel.topic) === channel) this.channels.delete(channel.topic);
  }

  /** True when nothing was heard for longer than allowed. */
  isIdle(now: number): boolean {
    return now - this.#heardAt > this.services.limits.idleMs;
  }

  /** Closes the connection with the code that makes clients come back. */
  goAway(): void {
    this.end(CLOSE_GOING_AWAY, 'going away');
  }

  end(code: number, reason: string): void {
    this.#ws.close(code, reason);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Bytes that the client has not taken yet. */
  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#heardAt = Date.now();
    if (!this.#frameRate.take()) return this.end(CLOSE_POLICY, 'too many frames');
    try {
      this.#dispatch(this.#decode(toBuffer(data), isBinary));
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.end(CLOSE_BAD_DATA, error.message);
    }
  }

  #decode(data: Buffer, isBinary: boolean): ClientFrame {
    if (!isBinary) return decodeText(data.toString(), this.#version);
    if (this.#version === '1.0.0') throw new FrameError('binary frames need vsn 2.0.0');
    return decodeBinary(data);
  }

  #dispatch(frame: ClientFrame): void {
    if (frame.kind === 'control') {
      if (frame.topic === 'phoenix' && frame.event === 'heartbeat') return this.reply(frame, 'ok', {});
      if (frame.event === 'phx_join') return void handleJoin(this, frame);
    }
    const channel = this.channels.get(frame.topic);
    if (!channel) {
      const isLeave = frame.kind === 'control' && frame.event === 'phx_leave';
      return this.reply(frame, isLeave ? 'ok' : 'error', isLeave ? {} : { reason: 'unmatched topic' });
    }
    // A frame of an earlier join of the same topic.
    if (frame.joinRef !== null && frame.joinRef !== channel.joinRef) return;
    if (frame.kind === 'broadcast') return void handleBroadcast(this, channel, frame);
    if (frame.event === 'phx_leave') {
      this.reply(frame, 'ok', {});
      return this.closeChannel(channel);
    }
    if (frame.event === 'access_token') return void handleAccessToken(this, channel, frame.payload);
    if (frame.event === 'presence') this.reply(frame, 'error', { reason: 'Presence is not served by the local stack' });
  }

  #write(frame: string | Buffer): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (this.#ws.bufferedAmount > this.services.limits.bufferedBytes) {
      this.#onSlow();
      this.terminate();
      return;
    }
    this.#ws.send(frame);
  }

  #dispose(): void {
    for (const channel of this.channels.values()) this.forget(channel);
    for (const timer of this.#lateReplies) clearTimeout(timer);
    this.#lateReplies.clear();
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
