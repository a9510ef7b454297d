import { validate } from 'uuid';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { toFileInfo } from './row.ts';
import type { FileRow } from './row.ts';
import { fileRetentionDays } from './types.ts';
import type { FileInfo } from './types.ts';

/**
 * An uploaded file with its content.
 *
 * @throws TaskdeckError `not_found` when there is none of that id, or its 7 days are over.
 */
export async function readFile(id: string): Promise<{ info: FileInfo; content: Buffer }> {
  const [row] = validate(id)
    ? await db()<(FileRow & { content: Buffer })[]>`
        select id, name, media_type, size, created_at, expires_at, content from files
        where id = ${id} and expires_at > now()`
    : [];
  if (!row)
    throw new TaskdeckError('not_found', `There is no uploaded file ${id.slice(0, 40)}.`, {
      hint: `Files are kept for ${fileRetentionDays} days: upload it again.`,
    });
  return { info: toFileInfo(row), content: row.content };
}
