import { TaskdeckError } from '#lib/errors';
import { readFile } from '#lib/files/index';
import { PermanentError } from '#lib/tasks/define';

/**
 * The content of an uploaded file.
 *
 * @param id what the payload's file field holds.
 * @throws PermanentError when the file is not there (any more): another attempt would not find it either.
 */
export async function readUpload(id: string): Promise<{ name: string; content: Buffer }> {
  try {
    const { info, content } = await readFile(id);
    return { name: info.name, content };
  } catch (error) {
    if (error instanceof TaskdeckError && error.code === 'not_found')
      throw new PermanentError([error.message, error.hint].filter(Boolean).join(' '), { cause: error });
    throw error;
  }
}
