import { atMost } from '#lib/at-most';
import { log } from '#lib/observability/index';
import type { Definition } from '#lib/tasks/define';
import { type BodyOutcome, classify, LeaseLost } from './classify.ts';
import type { Work } from './context.ts';
import type { Ending } from './finish.ts';

/** Milliseconds that an ending waits for the definition's `onError`. */
const onErrorLimitMs = 5_000;

/** What becomes of the attempt; a failure is told to the definition's `onError`. Never rejects. */
export async function conclude(definition: Definition, work: Work, outcome: BodyOutcome): Promise<Ending> {
  const ending = classify(work, outcome, definition);
  if (outcome.returned || outcome.stopped instanceof LeaseLost) return ending;
  if (ending.outcome === 'failure') await tellOnError(definition, outcome.thrown, work, ending);
  if (ending.outcome === 'timeout') await tellOnError(definition, outcome.stopped, work, ending);
  return ending;
}

async function tellOnError(definition: Definition, error: unknown, work: Work, ending: Ending): Promise<void> {
  const { name, onError } = definition;
  if (!onError) return;
  const told = async () =>
    onError(error, { id: work.id, attempt: work.attempt, willRetry: ending.state === 'retrying' });
  const about = { definition: name, taskId: work.id };
  const inTime = await atMost(
    onErrorLimitMs,
    told().catch((failure: unknown) => log.error('The onError of a definition failed', { ...about, error: failure })),
  );
  if (!inTime) log.error(`The onError of a definition took longer than ${onErrorLimitMs} ms`, about);
}
