import { PermanentError, type Definition } from '#lib/tasks/define';
import { toStoredResult } from '#lib/tasks/stored';
import type { Claimed } from './claim.ts';
import { type BodyOutcome, TaskTimeout } from './classify.ts';
import { createProgress } from './progress.ts';
import { createTaskLog } from './task-log.ts';

/** Milliseconds that a handler has to stop after its signal has aborted, before its attempt is ended without it. */
export const abortGraceMs = 2_000;

/**
 * Runs the handler's body for one attempt. Ends when the body does, or `abortGraceMs` after the signal aborted: a body
 * that does not heed its signal goes on unseen, but the record and the slot do not wait for it. Never rejects.
 */
export async function execute(
  definition: Definition | undefined,
  task: Claimed,
  controller: AbortController,
): Promise<BodyOutcome> {
  const { signal } = controller;
  const taskLog = createTaskLog(task);
  const progress = createProgress(task);
  const timeout = setTimeout(
    () => controller.abort(new TaskTimeout(`The attempt took longer than its ${task.timeoutMs} ms.`)),
    task.timeoutMs,
  );
  try {
    const payload = parsePayload(definition, task);
    const body = Promise.resolve(
      definition?.run(payload, {
        id: task.id,
        attempt: task.attempt,
        idempotencyKey: task.id,
        signal,
        log: taskLog.log,
        progress: progress.report,
      }),
    );
    const result = await Promise.race([body, abandoned(signal)]);
    return { returned: true, result: toStoredResult(result) };
  } catch (thrown) {
    return {
      returned: false,
      thrown,
      stopped: signal.aborted && signal.reason instanceof Error ? signal.reason : undefined,
    };
  } finally {
    clearTimeout(timeout);
    progress.stop();
    await taskLog.flush();
  }
}

function parsePayload(definition: Definition | undefined, task: Claimed): unknown {
  if (!definition) {
    throw new PermanentError(`This worker has no handler for "${task.definition}". Deploy one, then retry the task.`);
  }
  const parsed = definition.payload.safeParse(task.payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`)
    .join('; ');
  throw new PermanentError(`The payload no longer fits the handler: ${fields}`);
}

/** Rejects with the signal's reason, a grace after it aborted. */
function abandoned(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => reject(signal.reason), abortGraceMs).unref(), {
      once: true,
    });
  });
}
