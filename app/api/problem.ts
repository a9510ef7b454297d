import { STATUS_CODES } from 'node:http';
import { errorStatus, TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';

/** Postgres or its connection is away, read-only or overloaded: trying again later makes sense. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ENOENT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '25006',
]);

/** An error as RFC 9457 problem JSON. What is not ours to explain becomes opaque; its cause goes to the log. */
export function problem(error: unknown, requestId: string): Response {
  const known = toTaskdeckError(error);
  const status = errorStatus[known.code];
  if (status >= 500) log.error('request failed', { error });
  return Response.json(
    {
      type: `urn:taskdeck:error:${known.code}`,
      title: STATUS_CODES[status],
      status,
      detail: known.message,
      code: known.code,
      ...(known.hint ? { hint: known.hint } : {}),
      ...(known.fields.length > 0 ? { errors: known.fields } : {}),
      instance: requestId,
    },
    { status, headers: problemHeaders(known) },
  );
}

/** By shape, not by class: Next bundles the class more than once, and an engine opened by one copy serves all. */
export function isTaskdeckError(error: unknown): error is TaskdeckError {
  return (
    isObject(error) &&
    error.name === 'TaskdeckError' &&
    typeof error.code === 'string' &&
    Object.hasOwn(errorStatus, error.code)
  );
}

function toTaskdeckError(error: unknown): TaskdeckError {
  if (isTaskdeckError(error)) return error;
  if (isAway(error))
    return new TaskdeckError('unavailable', 'The database does not answer.', {
      hint: 'Try again in a few seconds.',
      retryAfterSeconds: 5,
    });
  return new TaskdeckError('internal', 'Something went wrong here.', {
    hint: 'The log says more under this request id.',
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isAway(error: unknown): boolean {
  if (!isObject(error)) return false;
  // Node tries each address of a host and throws all its failures as one.
  if (Array.isArray(error.errors)) return error.errors.some(isAway);
  return typeof error.code === 'string' && awayCodes.has(error.code);
}

function problemHeaders(error: TaskdeckError): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    ...(error.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer realm="taskdeck"' } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) }),
  };
}
