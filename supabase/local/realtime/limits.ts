/** What one gateway accepts. Sizes in bytes, times in milliseconds, rates per second. */
export type Limits = {
  /** Largest WebSocket frame from a client; a larger one closes the socket with 1009. */
  frameBytes: number;
  /** Largest broadcast payload from a client or through REST. */
  payloadBytes: number;
  /** Largest payload of a database broadcast, as on Supabase. */
  databasePayloadBytes: number;
  /** Largest HTTP body for Auth, REST and the broadcast endpoint. */
  bodyBytes: number;
  sockets: number;
  channelsPerSocket: number;
  joinsPerSecond: number;
  messagesPerSecond: number;
  /** Frames of any kind that one socket may send; more ends it. */
  framesPerSecond: number;
  handshakesPerIpPerSecond: number;
  /** Broadcasts that one address may send through REST. */
  restMessagesPerSecond: number;
  /** Passwords that may be tried for one e-mail address. Each costs this process a tenth of a second. */
  passwordsPerMinute: number;
  /** How long a statement of Auth or REST may take: they share ten connections. */
  statementMs: number;
  /** What may wait for one slow reader before its socket is ended. */
  bufferedBytes: number;
  /** Clients retry for ever, so a refusal is answered late. */
  errorDelayMs: number;
  /** A socket that was silent for so long is ended; clients send a heartbeat each 25 s. */
  idleMs: number;
  /** How often the permission of open private channels is asked again. */
  recheckMs: number;
};

export const DEFAULT_LIMITS: Limits = {
  frameBytes: 1024 * 1024,
  payloadBytes: 256 * 1024,
  databasePayloadBytes: 3_000_500,
  bodyBytes: 1024 * 1024,
  sockets: 10_000,
  channelsPerSocket: 100,
  joinsPerSecond: 100,
  messagesPerSecond: 500,
  framesPerSecond: 2000,
  handshakesPerIpPerSecond: 200,
  restMessagesPerSecond: 1000,
  passwordsPerMinute: 60,
  statementMs: 8_000,
  bufferedBytes: 4 * 1024 * 1024,
  errorDelayMs: 1000,
  idleMs: 60_000,
  recheckMs: 30_000,
};

/** Counts events in windows, of one second unless given. */
export class RateLimiter {
  readonly #perWindow: number;
  readonly #windowMs: number;
  #windowStart = 0;
  #count = 0;

  constructor(perWindow: number, windowMs = 1000) {
    this.#perWindow = perWindow;
    this.#windowMs = windowMs;
  }

  /** Records `count` events at `now` (milliseconds); false when the window has no room for them. */
  take(count = 1, now = Date.now()): boolean {
    if (this.isIdle(now)) {
      this.#windowStart = now;
      this.#count = 0;
    }
    this.#count += count;
    return this.#count <= this.#perWindow;
  }

  /** True when the window is over, so that the limiter may be forgotten. */
  isIdle(now = Date.now()): boolean {
    return now - this.#windowStart >= this.#windowMs;
  }
}

/** One limiter for each key (an address); memory is bounded by dropping the idle ones. */
export class KeyedRateLimiter {
  readonly #perWindow: number;
  readonly #windowMs: number | undefined;
  readonly #limiters = new Map<string, RateLimiter>();

  constructor(perWindow: number, windowMs?: number) {
    this.#perWindow = perWindow;
    this.#windowMs = windowMs;
  }

  /** As RateLimiter.take, for one key. */
  take(key: string, count = 1, now = Date.now()): boolean {
    let limiter = this.#limiters.get(key);
    if (!limiter) {
      if (this.#limiters.size >= 1000) this.#dropIdle(now);
      limiter = new RateLimiter(this.#perWindow, this.#windowMs);
      this.#limiters.set(key, limiter);
    }
    return limiter.take(count, now);
  }

  #dropIdle(now: number): void {
    for (const [key, limiter] of this.#limiters) {
      if (limiter.isIdle(now)) this.#limiters.delete(key);
    }
  }
}
