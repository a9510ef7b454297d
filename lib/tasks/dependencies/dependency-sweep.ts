import { db } from '#lib/db/index';
import { tellCancelled } from '../after-ended.ts';
import { noId, settle, settlePage } from './dependencies.ts';

/** Goes through the blocked tasks, a page a round, for what a crash between an end and what follows from it has left. */
export function createDependencySweep(): () => Promise<boolean> {
  let after = noId;
  return async () => {
    const blocked = await db()<{ id: string }[]>`
      select id from tasks where state = 'blocked' and id > ${after} order by id limit ${settlePage}`;
    tellCancelled(await settle(blocked.map(({ id }) => id)));
    const last = blocked.at(-1);
    after = last && blocked.length === settlePage ? last.id : noId;
    return false;
  };
}
