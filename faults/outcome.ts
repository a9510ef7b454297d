import type { Figures } from './checks/figures.ts';
import type { Cluster } from './lab/cluster.ts';
import type { Scale } from './lab/trial.ts';

/** How an experiment went. `invalid`: it hit nothing, or too little was accepted, so that nothing is proved. */
export type Outcome = {
  id: string;
  title: string;
  status: 'passed' | 'failed' | 'invalid';
  hits: number;
  /** Why it is not passed. */
  problems: string[];
  figures: Figures;
  seconds: number;
};

/** What all experiments of a run share. */
export type Setting = {
  scale: Scale;
  seed: number;
  /** The second time, after a first that hit nothing. */
  again?: true;
  /** The run's own folder; an experiment makes its own in it. */
  folder: string;
  cluster: Cluster;
  /** Milliseconds that a system may take to come to rest once the faults are over. */
  patienceMs: number;
};

/** A row of the table. */
export type Experiment = {
  id: string;
  title: string;
  /** Left out of the quick run. */
  fullOnly?: boolean | undefined;
  /** Begins first, so that a long one does not end alone. */
  long?: boolean;
  /** Never rejects. */
  conduct(setting: Setting): Promise<Outcome>;
};

/** This machine does not allow the fault: nothing is proved, and nothing is wrong. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

type Finding = { hits: number; problems: string[]; invalid?: string[]; figures?: Figures };

const nothing: Figures = {
  accepted: 0,
  completed: 0,
  lost: 0,
  completedReRun: 0,
  illegalTransitions: 0,
  duplicateBodies: 0,
  staleWrites: 0,
  recovery: null,
  accepting: null,
};

/** Times the work, and makes an outcome of what it found or threw. */
export async function conclude({ id, title }: Experiment, work: () => Promise<Finding>): Promise<Outcome> {
  const started = performance.now();
  const found = await work().catch((error: unknown): Finding => {
    if (error instanceof NotPossible) return { hits: 0, problems: [], invalid: [error.message] };
    return { hits: 0, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  });
  const { hits, problems, invalid = [], figures = nothing } = found;
  const vacuous = hits === 0 ? ['it hit nothing', ...invalid] : invalid;
  const seconds = (performance.now() - started) / 1_000;
  if (problems.length > 0) return { id, title, status: 'failed', hits, problems, figures, seconds };
  return { id, title, status: vacuous.length > 0 ? 'invalid' : 'passed', hits, problems: vacuous, figures, seconds };
}
