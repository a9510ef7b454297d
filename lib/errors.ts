/** Every way in which Taskdeck refuses or fails, with the HTTP status that says the same. */
export const errorStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One field of an input that was refused: `pointer` is a JSON pointer (RFC 6901), "" for the whole. */
export type FieldError = { pointer: string; message: string };

type Details = {
  /** What the reader can do about it. */
  hint?: string;
  fields?: FieldError[];
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** An error whose message is written for the person who caused it, and is safe to show. */
export class TaskdeckError extends Error {
  override readonly name = 'TaskdeckError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly fields: FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
