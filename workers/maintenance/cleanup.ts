import { forgetSignIns } from '#lib/access/index';
import { forgetAudit } from '#lib/audit/index';
import { forgetBulk } from '#lib/bulk/index';
import { deleteExpiredFiles } from '#lib/files/index';
import { forgetWorkers } from '#lib/workers/index';
import { forgetProbes } from '../canary.ts';

const fileBatch = 100;

/** Removes what has expired: files, sign-in attempts, workers that are gone, old bulk operations and audit entries. */
export async function cleanUp(): Promise<boolean> {
  for (const id of await forgetWorkers()) await forgetProbes(id);
  await forgetSignIns();
  await forgetBulk();
  await forgetAudit();
  return (await deleteExpiredFiles(fileBatch)) === fileBatch;
}
