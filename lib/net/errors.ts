/**
 * Why a guarded request failed. `blocked` and `too_large` stay as they are however often one tries; `timeout` and
 * `network` may pass.
 */
export type GuardedFetchReason = 'blocked' | 'timeout' | 'too_large' | 'network';

/** A request that was refused or failed before a whole answer was there. Its message is fit for the person who asked. */
export class GuardedFetchError extends Error {
  override readonly name = 'GuardedFetchError';
  readonly reason: GuardedFetchReason;

  constructor(reason: GuardedFetchReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }

  /** True when another try would end the same. */
  get permanent(): boolean {
    return this.reason === 'blocked' || this.reason === 'too_large';
  }
}

const explanations: Record<string, string> = {
  ENOTFOUND: 'the name is not known to DNS',
  EAI_AGAIN: 'DNS did not answer',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  HPE_HEADER_OVERFLOW: 'its headers are larger than 16 KB',
};

/**
 * Puts what Node's DNS, TCP, TLS, HTTP or zlib reported in words.
 *
 * @param host the host that was called; never a path or a query, which may hold secrets.
 */
export function networkError(host: string, error: unknown): GuardedFetchError {
  if (error instanceof GuardedFetchError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const why = explanations[code] ?? (code || 'the connection failed');
  return new GuardedFetchError('network', `The request to ${host} failed: ${why}.`, error);
}
