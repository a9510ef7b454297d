import type { BodyOutcome } from './classify.ts';

/** Milliseconds that a handler has to stop after its signal has aborted, before its attempt is ended without it. */
export const abortGraceMs = 2_000;

/** Resolves a grace after the signal has aborted. */
export function afterGrace(signal: AbortSignal): Promise<'unheeded'> {
  return new Promise((resolve) => {
    const wait = () => setTimeout(() => resolve('unheeded'), abortGraceMs).unref();
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}

/** The outcome of a body that was told to stop and did not, or could not. */
export function givenUp({ reason }: AbortSignal): BodyOutcome {
  return { returned: false, thrown: reason, stopped: reason instanceof Error ? reason : undefined };
}
