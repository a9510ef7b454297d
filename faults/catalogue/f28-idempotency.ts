import { startLoad } from '../lab/load.ts';
import type { Fault } from './fault.ts';

const parallel = 200;

export const idempotency: Fault = {
  id: 'F28',
  title: '200 parallel requests with one key, and one key for another body',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    await startLoad(trial.client, { tasks: 50, work: {} }).done;
    for (let round = 0; round < trial.size(5, 50); round += 1) {
      const key = `same-${round}`;
      const body = JSON.stringify({ definition: 'work', payload: { data: key } });
      const ids = await Promise.all(Array.from({ length: parallel }, () => trial.client.send(key, body)));
      trial.expect(`${parallel} requests of one key have one answer`, new Set(ids).size === 1 && ids[0] !== undefined);
      const conflicts = trial.client.refused.get(409) ?? 0;
      await trial.client.send(key, JSON.stringify({ definition: 'work', payload: { data: 'another' } }));
      trial.expect('another body under the key is a conflict', trial.client.refused.get(409) === conflicts + 1);
      trial.hit(parallel);
    }
  },
};
