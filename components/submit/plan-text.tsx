'use client';

import type { DefinitionInfo } from '#lib/tasks/types';
import type { SubmitOptions } from '../api/types.ts';
import { QueueHoldText } from '../tasks/queue-hold-text.tsx';
import { useQueueHold } from '../tasks/use-queue-hold.ts';
import { useHydrated } from '../time/clock.tsx';
import { describePlan } from './plan.ts';

/** What will happen, in words; null while the options are not right. */
export function PlanText({ definition, options }: { definition: DefinitionInfo; options: SubmitOptions | null }) {
  const hydrated = useHydrated();
  // A date is told in the reader's zone, which only the browser knows.
  const known = options && !hydrated ? { ...options, runAt: undefined } : options;
  const queue = options?.queue ?? definition.queue;
  const hold = useQueueHold(queue, 'is new');
  return (
    <section aria-labelledby="plan" className="text-[13px] text-pretty">
      <h2 id="plan" className="mb-1 font-semibold">
        What will happen
      </h2>
      <div className="flex flex-col gap-1 text-muted-foreground lg:block" aria-live="polite">
        {known && hold ? (
          <p className="text-foreground lg:inline">
            <QueueHoldText queue={queue} hold={hold} target="_blank" />{' '}
          </p>
        ) : null}
        {known ? (
          describePlan(definition, known, Boolean(hold)).map((sentence) => (
            <p key={sentence} className="lg:inline">
              {sentence}{' '}
            </p>
          ))
        ) : (
          <p>Correct the options first.</p>
        )}
      </div>
    </section>
  );
}
