import type { ErrorCode, FieldError } from '#lib/errors';

type ProblemDocument = {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  hint?: string;
  errors?: FieldError[];
};

/** A refusal of the API (RFC 9457 problem JSON), or that it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ErrorCode | 'unreachable';
  readonly hint: string | undefined;
  readonly fields: FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(init: {
    message: string;
    status: number;
    code: ErrorCode | 'unreachable';
    hint?: string | undefined;
    fields?: FieldError[];
    retryAfterSeconds?: number | undefined;
  }) {
    super(init.message);
    this.status = init.status;
    this.code = init.code;
    this.hint = init.hint;
    this.fields = init.fields ?? [];
    this.retryAfterSeconds = init.retryAfterSeconds;
  }
}

export const unreachable = (): ApiError =>
  new ApiError({
    message: 'Taskdeck could not be reached.',
    status: 0,
    code: 'unreachable',
    hint: 'Check your connection and try again.',
  });

/** Reads a refused response. A body that is not problem JSON (a proxy's page) yields a plain sentence. */
export async function toApiError(response: Response): Promise<ApiError> {
  const problem = await readProblem(response);
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiError({
    message: problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
    status: response.status,
    code: (problem.code as ErrorCode | undefined) ?? 'internal',
    hint: problem.hint,
    fields: Array.isArray(problem.errors) ? problem.errors : [],
    retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
  });
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as ProblemDocument) : {};
  } catch {
    return {};
  }
}

/** The refusal's messages about one field of the request, by its JSON pointer. */
export const fieldMessages = (error: unknown, pointer: string): string[] =>
  error instanceof ApiError
    ? error.fields.filter((field) => field.pointer === pointer).map(({ message }) => message)
    : [];

/** What to tell a person about any error that a call may throw. */
export function describeError(error: unknown): { title: string; hint: string | undefined } {
  if (error instanceof ApiError) return { title: error.message, hint: error.hint };
  return { title: 'Something went wrong.', hint: 'Try again; if it happens again, reload the page.' };
}
