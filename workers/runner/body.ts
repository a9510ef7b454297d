import { type Definition, PermanentError, type TaskContext } from '#lib/tasks/define';
import { toStoredResult } from '#lib/tasks/stored';
import type { BodyOutcome } from './classify.ts';
import type { Completion, Executed } from './complete.ts';
import { conclude } from './conclude.ts';
import { createContext, type Ports, type Work } from './context.ts';

export type Body = {
  /** Resolves when the handler has returned or thrown. */
  settled: Promise<BodyOutcome>;
  /** What becomes of the attempt by this outcome, unless the body has completed its task already. */
  conclude(outcome: BodyOutcome): Promise<Executed>;
};

/** Starts the handler of one attempt; the same for every handler, whichever process it runs in. Nothing of it rejects. */
export function startBody(definition: Definition, work: Work, ports: Ports, completion: Completion): Body {
  const context = createContext(work, ports, completion.complete);
  return {
    settled: run(definition, work, context),
    conclude: async (outcome) => completion.executed() ?? { ending: await conclude(definition, work, outcome) },
  };
}

async function run(definition: Definition, work: Work, context: TaskContext): Promise<BodyOutcome> {
  try {
    const result = await definition.run(parsePayload(definition, work), context);
    return { returned: true, result: toStoredResult(result) };
  } catch (thrown) {
    const { aborted, reason } = context.signal;
    return { returned: false, thrown, stopped: aborted && reason instanceof Error ? reason : undefined };
  }
}

function parsePayload(definition: Definition, work: Work): unknown {
  const parsed = definition.payload.safeParse(work.payload);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`)
    .join('; ');
  throw new PermanentError(`The payload no longer fits the handler: ${fields}`);
}
