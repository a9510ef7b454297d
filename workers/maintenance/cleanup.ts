import { forgetSignIns } from '#lib/access/index';
import { deleteExpiredFiles } from '#lib/files/index';
import { forgetWorkers } from '#lib/workers/index';

const fileBatch = 100;

/** Removes what has expired: files, sign-in attempts, workers that are gone. */
export async function cleanUp(): Promise<boolean> {
  await forgetWorkers();
  await forgetSignIns();
  return (await deleteExpiredFiles(fileBatch)) === fileBatch;
}
