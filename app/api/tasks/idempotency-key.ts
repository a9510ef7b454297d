import { parseInput } from '#lib/json/index';
import { idempotencyKeySchema } from '#lib/tasks/index';
import { z } from 'zod';

export const idempotencyHeaders = z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() });

/**
 * The client's own name for the request, if it gives one.
 * @throws TaskdeckError `invalid`.
 */
export function idempotencyKeyOf(request: Request): string | undefined {
  const headers = { 'Idempotency-Key': request.headers.get('idempotency-key') ?? undefined };
  return parseInput(idempotencyHeaders, headers, 'The Idempotency-Key is not right.')['Idempotency-Key'];
}
