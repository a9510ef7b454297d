import type { Queryable } from '#lib/db/index';
import type { Definition } from '#lib/tasks/define';
import { toStoredResult } from '#lib/tasks/stored';
import { startBody } from '../runner/body.ts';
import type { Completion, Executed } from '../runner/complete.ts';
import type { Ports, Work } from '../runner/context.ts';
import type { Ending } from '../runner/finish.ts';
import { afterGrace, givenUp } from '../runner/grace.ts';
import { createLimits } from '../runner/limits.ts';
import type { Clock } from './clock.ts';

type Options = {
  definition: Definition;
  work: Work;
  timeoutMs: number;
  clock: Clock;
  /** Aborts when somebody cancels the task. */
  cancelled: AbortSignal;
  /** What the attempt reports by; each report is a sign of life. */
  reports: (alive: () => void) => Pick<Ports, 'log' | 'progress' | 'emit'>;
  /** For the effect of `complete`. */
  sql: Queryable | undefined;
  /** Resolves when the task has gone on: to its next attempt or its end. */
  reaction: () => Promise<void>;
};

/** Runs the handler for one attempt as workers/runner/execute.ts does, by the test's clock. Never rejects. */
export async function runAttempt(options: Options): Promise<{ ending: Ending; ignoredSignal: boolean }> {
  const { definition, work, timeoutMs, clock, cancelled, reports, sql, reaction } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const limits = createLimits({ timeoutMs, heartbeatMs: definition.heartbeatMs }, controller, {
    now: clock.now,
    after: (ms, act) =>
      clock.after(ms, () => {
        act();
        return signal.aborted ? reaction() : undefined;
      }),
  });
  const cancel = () => controller.abort(cancelled.reason);
  cancelled.addEventListener('abort', cancel, { once: true });
  const ports: Ports = { ...reports(limits.alive), signal, heartbeat: limits.alive, flush: async () => undefined };
  limits.begin();
  const body = startBody(definition, work, ports, createCompletion(sql));
  const outcome = await Promise.race([body.settled, afterGrace(signal)]);
  limits.stop();
  cancelled.removeEventListener('abort', cancel);
  const ignoredSignal = outcome === 'unheeded';
  const { ending } = await body.conclude(ignoredSignal ? givenUp(signal) : outcome);
  return { ending, ignoredSignal };
}

/** The effect runs on what the test gave; there is no lease to lose. */
function createCompletion(sql: Queryable | undefined): Completion {
  let executed: Executed | undefined;
  return {
    complete: async (effect) => {
      if (!sql) throw new Error('The handler calls task.complete(): give runTask a `sql` for its effect.');
      if (executed) throw new Error('complete() was called before: the task is completed.');
      const result = await effect(sql);
      executed = { ending: { state: 'completed', outcome: 'success', result: toStoredResult(result) } };
      return result;
    },
    executed: () => executed,
  };
}
