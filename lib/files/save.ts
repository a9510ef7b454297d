import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { cleanFileName } from './file-name.ts';
import { checkMediaType } from './media-type.ts';
import { toFileInfo } from './row.ts';
import type { FileRow } from './row.ts';
import { fileRetentionDays, maxFileBytes } from './types.ts';
import type { FileInfo } from './types.ts';

/**
 * Keeps an uploaded file for 7 days, so that a task can read it by its id.
 *
 * @param actorRef who uploads: user:<uuid> or key:<uuid>.
 * @param mediaType as the sender declared it; what is stored is our name for the type.
 * @throws TaskdeckError `too_large` above 10 MB, `invalid` for a name or an empty file, `unsupported_media_type` for a
 *   type that no task reads or content of another type; each names the field.
 */
export async function saveFile(upload: {
  actorRef: string;
  name: string;
  mediaType: string;
  content: Buffer;
}): Promise<FileInfo> {
  const { actorRef, content } = upload;
  if (content.length > maxFileBytes)
    throw atContent(
      'too_large',
      `The file has ${megabytes(content.length)} MB; at most ${megabytes(maxFileBytes)} MB can be uploaded.`,
    );
  if (content.length === 0) throw atContent('invalid', 'The file is empty.');
  const name = cleanFileName(upload.name);
  const mediaType = checkMediaType(upload.mediaType, name, content);
  const sha256 = createHash('sha256').update(content).digest();

  const [row] = await db()<FileRow[]>`
    insert into files (id, name, media_type, size, sha256, content, created_by, expires_at)
    values (${uuidv7()}, ${name}, ${mediaType}, ${content.length}, ${sha256}, ${content}, ${actorRef},
      now() + make_interval(days => ${fileRetentionDays}))
    returning id, name, media_type, size, created_at, expires_at`;
  if (!row) throw new Error('Postgres returned no row for a file it inserted.');
  return toFileInfo(row);
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');

const atContent = (code: 'too_large' | 'invalid', message: string) =>
  new TaskdeckError(code, message, { fields: [{ pointer: '/content', message }] });
