import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilCount } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** What a migration of a running system may do: none of it may stop the load for long. */
const migration = [
  'alter table tasks add column faults_note text',
  "alter table tasks alter column faults_note set default ''",
  'create index concurrently faults_note on tasks (faults_note) where faults_note is not null',
  'analyze tasks',
];

export const deployed: Fault = {
  id: 'F24',
  title: 'a rolling deploy and a migration under load',
  async run(trial) {
    await trial.keep('web');
    let [old, other] = [await trial.start('worker'), await trial.start('worker')];
    const load = startLoad(trial.client, {
      tasks: trial.size(1_000, 10_000),
      work: () => ({ ms: trial.random.whole(0, 200) }),
      perSecond: 100,
    });
    await untilCount(trial, 'completed', 50);
    for (let round = 0; round < trial.size(2, 10); round += 1) {
      const next = await trial.start('worker');
      const leaving = old;
      leaving.signal('SIGTERM');
      const statement = migration[round % migration.length] ?? '';
      if (round < migration.length) await trial.sql.unsafe(statement);
      await until('the old worker to leave', async () => leaving.exit !== undefined);
      trial.expect('the old worker leaves with 0', leaving.exit?.code === 0);
      trial.hit();
      [old, other] = [other, next];
    }
    await load.done;
    trial.expect('every request was accepted', trial.client.refused.size === 0);
    trial.expectAtRest(
      'no body began twice',
      ({ ledger, tasks }) => ledger.filter(({ ev }) => ev === 'start').length === tasks.length,
    );
  },
};
