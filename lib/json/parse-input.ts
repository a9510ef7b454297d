import { TaskdeckError } from '#lib/errors';
import type { FieldError } from '#lib/errors';
import type { z } from 'zod';
import { pointerOf } from './pointer.ts';

/**
 * The input as `schema` reads it.
 *
 * @throws TaskdeckError `invalid` with a JSON pointer for each field that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  message = 'The input is not right.',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new TaskdeckError('invalid', message, { fields: fieldErrors(parsed.error) });
}

/** zod's issues as pointers; an unknown key is named itself, not only its parent. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), message: 'is not a known field' }))
      : [{ pointer: pointerOf(issue.path), message: issue.message }],
  );
}
