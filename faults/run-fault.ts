import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './catalogue/fault.ts';
import { gatherEvidence } from './checks/evidence.ts';
import { countFigures } from './checks/figures.ts';
import { checkInvariants } from './checks/invariants.ts';
import { startCluster } from './lab/cluster.ts';
import { comeToRest } from './lab/rest.ts';
import { openTrial, type Trial } from './lab/trial.ts';
import { conclude, type Experiment, type Setting } from './outcome.ts';

/** A fault as an experiment: on a system of its own, brought to rest at the end and held against the invariants. */
export function experimentOf(fault: Fault): Experiment {
  const experiment: Experiment = {
    id: fault.id,
    title: fault.title,
    fullOnly: fault.fullOnly,
    conduct: (setting) =>
      conclude(experiment, () => withTrial(fault, setting, (trial) => judge(fault, trial, setting.patienceMs))),
  };
  return experiment;
}

async function withTrial<T>(fault: Fault, setting: Setting, work: (trial: Trial) => Promise<T>): Promise<T> {
  const id = setting.again ? `${fault.id}_again` : fault.id;
  const folder = join(setting.folder, id);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const cluster = fault.ownCluster ? await startCluster(folder, fault.ownCluster(folder)) : setting.cluster;
  try {
    const trial = await openTrial({ ...setting, id, folder, cluster, redisStarted: !fault.redisDown });
    try {
      return await work(trial);
    } finally {
      await trial.close();
    }
  } finally {
    if (fault.ownCluster) await cluster.stop();
  }
}

async function judge(fault: Fault, trial: Trial, patienceMs: number) {
  await fault.run(trial);
  const evidence = await gatherEvidence(trial, await comeToRest(trial, patienceMs));
  const failures = trial.atRest.flatMap(({ what, holds }) => (holds(evidence) ? [] : [what]));
  const broken = checkInvariants(evidence).map(
    ({ invariant, count, cases }) => `${invariant}: ${count} cases, as ${cases.join('; ')}`,
  );
  const figures = countFigures(evidence, trial.recoveries, trial.client.latencies);
  const least = fault.leastAccepted ?? 50;
  // A run in which everything was refused passes trivially.
  const invalid = figures.accepted < least ? [`only ${figures.accepted} tasks were accepted, ${least} are wanted`] : [];
  return { hits: trial.hits(), problems: [...trial.failures, ...failures, ...broken], invalid, figures };
}
