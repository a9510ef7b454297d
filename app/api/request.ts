import { isIP } from 'node:net';
import { TaskdeckError } from '#lib/errors';
import { textProblem } from '#lib/json/index';
import { z } from 'zod';

/**
 * The id in a path.
 *
 * @param what the thing's name for the message: "task".
 * @throws TaskdeckError `not_found` for what cannot be an id: there is certainly nothing of that name.
 */
export function idParam(params: Record<string, string | string[] | undefined>, what: string): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new TaskdeckError('not_found', `There is no such ${what}.`);
  return id.data;
}

/**
 * The name in a path.
 *
 * @param what the thing's name for the message: "queue".
 * @throws TaskdeckError `not_found` for what cannot be a name.
 */
export function nameParam(params: Record<string, string | string[] | undefined>, what: string): string {
  const name = z.string().min(1).max(64).safeParse(params.name);
  if (!name.success || textProblem(name.data)) throw new TaskdeckError('not_found', `There is no such ${what}.`);
  return name.data;
}

/**
 * The query as an object of strings; a name that is given twice is refused, so that nothing is silently dropped.
 *
 * @throws TaskdeckError `invalid`.
 */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URL(request.url).searchParams) {
    const message = name in query ? 'is given more than once' : (textProblem(name) ?? textProblem(value));
    if (message)
      throw new TaskdeckError('invalid', 'The query is not right.', {
        fields: [{ pointer: `/${name.replaceAll('\u0000', '\uFFFD').slice(0, 100)}`, message }],
      });
    query[name] = value;
  }
  return query;
}

/**
 * The sender's address: the last entry of X-Forwarded-For, which is the one that the nearest proxy, or Next itself
 * when there is none, has added.
 */
export function clientIp(request: Request): string {
  const last =
    request.headers
      .get('x-forwarded-for')
      ?.split(',')
      .at(-1)
      ?.trim()
      .replace(/^::ffff:/i, '') ?? '';
  return isIP(last) ? last : 'unknown';
}
