import { deleteExpiredFiles } from '#lib/files/index';
import { forgetWorkers } from '#lib/workers/index';

const fileBatch = 100;

/** Removes what has expired: files, and workers that are gone. */
export async function cleanUp(): Promise<boolean> {
  await forgetWorkers();
  return (await deleteExpiredFiles(fileBatch)) === fileBatch;
}
