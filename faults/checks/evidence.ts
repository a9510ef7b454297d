import type { TaskState } from '#lib/tasks/state';
import { type LedgerEvent, readLedger } from '../lab/ledger.ts';
import type { Accepted } from '../lab/load.ts';
import { countInLog } from '../lab/processes.ts';
import { readTransitions, type Transition } from '../lab/transitions.ts';
import type { Trial } from '../lab/trial.ts';

/** A task as it stands at the end. */
export type TaskRow = {
  id: string;
  key: string | null;
  state: TaskState;
  gen: number;
  fence: number;
  attempt: number;
  maxAttempts: number;
  /** What the body of `work` returns; others return what they like. */
  result: { sha256?: string; fence?: number; pid?: number } | null;
};

/** All that was seen of a trial once it had come to rest. */
export type Evidence = {
  accepted: Accepted[];
  /** Keys that gave two ids, and keys of which nobody can say what became of them. */
  contradictions: string[];
  tasks: TaskRow[];
  transitions: Transition[];
  ledger: LedgerEvent[];
  /** Jobs that stand in BullMQ although nothing is left to do. */
  jobsLeft: string[];
  /** Refusals of the guard trigger, as Postgres logged them. */
  refusedByGuard: string[];
  /** Endings that a worker wrote too late and SQL refused. */
  staleWrites: number;
};

const guardSays = /a task may not go from|fence and gen of a task never go down|only with a new (gen|fence)/;

/** Reads what the trial left behind: its database, its ledger and its logs. */
export async function gatherEvidence(trial: Trial, jobsLeft: string[]): Promise<Evidence> {
  const tasks = await trial.sql<TaskRow[]>`
    select id, idempotency_key as key, state, gen, fence, attempt, max_attempts as "maxAttempts", result from tasks`;
  const own = `@${trial.databaseName} `;
  return {
    accepted: [...trial.client.accepted.values()],
    contradictions: [
      ...trial.client.contradictions,
      ...[...trial.client.ambiguous.keys()].map((key) => `the request of key ${key} was never answered`),
    ],
    tasks,
    transitions: await readTransitions(trial.sql),
    ledger: readLedger(trial.ledgerFolder),
    jobsLeft,
    refusedByGuard: trial.cluster.log().filter((line) => line.includes(own) && guardSays.test(line)),
    staleWrites: trial
      .logFiles('worker')
      .reduce((sum, file) => sum + countInLog(file, 'The attempt had lost its lease'), 0),
  };
}
