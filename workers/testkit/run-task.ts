import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import type { Definition, TaskContext } from '#lib/tasks/define';
import type { AttemptOutcome, StoredError } from '#lib/tasks/types';
import { payloadErrors } from '#lib/tasks/validate';
import { TaskCancelled } from '../runner/classify.ts';
import type { Ending } from '../runner/finish.ts';
import { createClock, type TestClock } from './clock.ts';
import { createRecorder, type Recorded } from './recorder.ts';
import { runAttempt } from './run-attempt.ts';

export type TestOptions = Partial<Pick<TaskContext, 'id' | 'metadata' | 'parentId' | 'correlationId'>> & {
  /** Attempts it may have, in the place of the definition's. */
  attempts?: number;
  /** Milliseconds of the test's clock after which it is cancelled. */
  cancelAfter?: number;
  /** What `task.complete()` hands to its effect. */
  sql?: Queryable;
};

type TestAttempt = {
  attempt: number;
  outcome: Exclude<AttemptOutcome, 'lost'> | 'rate_limited';
  error: StoredError | null;
  /** Milliseconds from its end to the next start; 0 after the last. */
  waitedMs: number;
  /** The handler did not heed its signal: a worker would have gone on without the slot. */
  ignoredSignal: boolean;
};

/** How a task went. */
export type TestRun = Recorded & {
  state: 'completed' | 'failed' | 'cancelled';
  result: unknown;
  error: StoredError | null;
  attempts: TestAttempt[];
};

/** A task on its way; what it has told so far can be read at any time. */
export type StartedTask = Recorded & {
  clock: TestClock;
  /** Cancels it, as a person would. */
  cancel(): void;
  ended: Promise<TestRun>;
};

/**
 * Runs a task in memory to its end, without Postgres and Redis. The payload is checked as a submit checks it, failures are
 * judged as a worker judges them, and waits between attempts take no time.
 *
 * @throws TaskdeckError invalid, as a submit of that payload would.
 */
export async function runTask(definition: Definition, payload: unknown, options: TestOptions = {}): Promise<TestRun> {
  const { clock, ended } = startTask(definition, payload, options);
  if (options.cancelAfter !== undefined) await clock.advance(options.cancelAfter);
  return ended;
}

/** As `runTask`, for a test that lets time pass, cancels or looks meanwhile. */
export function startTask(definition: Definition, payload: unknown, options: TestOptions = {}): StartedTask {
  const stored = checkPayload(definition, payload);
  const clock = createClock();
  const recorder = createRecorder();
  const cancelled = new AbortController();
  const cancel = () => cancelled.abort(new TaskCancelled('The task was cancelled.'));
  if (options.cancelAfter !== undefined) clock.after(options.cancelAfter, cancel);
  const { id = randomUUID(), metadata = {}, parentId = null, correlationId = null } = options;
  const { retry, timeoutMs, name } = definition;
  let goesOn = Promise.withResolvers<void>();

  /** Whoever let time pass may look now. */
  function tellReaction(): void {
    goesOn.resolve();
    goesOn = Promise.withResolvers();
  }

  async function run(): Promise<TestRun> {
    const attempts: TestAttempt[] = [];
    for (let [attempt, fence] = [1, 1]; ; fence += 1) {
      const work = { id, fence, attempt, maxAttempts: options.attempts ?? retry.attempts, definition: name, retry };
      const running = runAttempt({
        definition,
        work: { ...work, payload: stored, metadata: { ...metadata }, parentId, correlationId },
        timeoutMs,
        clock,
        cancelled: cancelled.signal,
        reports: (alive) => recorder.reports(attempt, alive),
        sql: options.sql,
        reaction: () => goesOn.promise,
      });
      tellReaction();
      const { ending, ignoredSignal } = await running;
      const waitedMs = 'delayMs' in ending && !cancelled.signal.aborted ? ending.delayMs : 0;
      const error = 'error' in ending ? ending.error : null;
      attempts.push({ attempt, outcome: outcomeOf(ending), error, waitedMs, ignoredSignal });
      if (ending.state === 'retrying') await clock.advance(waitedMs);
      const state = ending.state === 'retrying' && cancelled.signal.aborted ? 'cancelled' : ending.state;
      if (state === 'completed' || state === 'failed' || state === 'cancelled') {
        const result = ending.state === 'completed' ? ending.result : null;
        return { ...recorder.recorded, state, result, error, attempts };
      }
      if (ending.outcome !== 'rate_limited') attempt += 1;
    }
  }

  return { ...recorder.recorded, clock, cancel, ended: run().finally(tellReaction) };
}

/** Those outcomes that need no dying or stopping worker. */
function outcomeOf({ outcome }: Ending): TestAttempt['outcome'] {
  if (outcome === 'lost' || outcome === 'released') throw new Error(`no worker here can end an attempt as ${outcome}`);
  return outcome;
}

/** The payload as Postgres would give it back. */
function checkPayload({ name, title, payload: schema }: Definition, payload: unknown): unknown {
  const stored: unknown = JSON.parse(JSON.stringify(payload ?? {}));
  const fields = payloadErrors({ name, payloadSchema: z.toJSONSchema(schema, { io: 'input' }) }, stored);
  if (fields.length === 0) return stored;
  throw new TaskdeckError('invalid', `The payload does not fit "${title}".`, {
    fields: fields.map((field) => ({ ...field, pointer: `/payload${field.pointer}` })),
  });
}
