import { parseInput } from '#lib/json/index';
import type { z } from 'zod';
import { queryOf } from './request.ts';

/**
 * The query of a list by its schema; `limit` stands in a URL as text.
 *
 * @throws TaskdeckError `invalid` naming each parameter that is wrong.
 */
export function pageQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  const { limit, ...rest } = queryOf(request);
  const input = limit === undefined ? rest : { ...rest, limit: Number(limit) };
  return parseInput(schema, input, 'The query is not right.');
}
