import { indexInTurn } from '#lib/search/index';

/** Writes what a search reads of the tasks that have changed. */
export async function indexTasks(): Promise<boolean> {
  await indexInTurn();
  return false;
}
