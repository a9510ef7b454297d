const firstMs = 500;
const longestMs = 30_000;
/** A process that ran this long is held to be well again. */
const stableMs = 60_000;

/** How long to wait before each restart of one process: doubled each time, and short again after a good minute. */
export class RestartBackoff {
  private failures = 0;

  /** @param ranMs how long the process ran before it ended */
  next(ranMs: number): number {
    if (ranMs >= stableMs) this.failures = 0;
    this.failures += 1;
    return Math.min(firstMs * 2 ** (this.failures - 1), longestMs);
  }
}
