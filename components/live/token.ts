type Token = { token: string; expiresAt: number };

/** Refreshed this long before it expires: a join must not go out with a token that dies on the way. */
const marginMs = 60_000;

/** Keeps the Realtime token; calls that come while one is being fetched share it. */
export class TokenSource {
  readonly #fetch: () => Promise<Token>;
  #token: Token | null = null;
  #pending: Promise<Token> | null = null;

  constructor(fetch: () => Promise<Token>) {
    this.#fetch = fetch;
  }

  async get(now: number): Promise<string> {
    if (this.#token && this.#token.expiresAt * 1_000 - marginMs > now) return this.#token.token;
    this.#pending ??= this.#fetch().finally(() => (this.#pending = null));
    this.#token = await this.#pending;
    return this.#token.token;
  }

  forget(): void {
    this.#token = null;
  }
}
