import type { Completion } from '../runner/complete.ts';
import type { Ports, Work } from '../runner/context.ts';

/** `complete()` of an isolated handler: what ends a task is loaded by those that use it, and costs the others no memory. */
export function createLazyCompletion(work: Work, flush: Ports['flush']): Completion {
  let completion: Completion | undefined;
  return {
    complete: async (effect) => {
      const { createCompletion } = await import('../runner/complete.ts');
      completion ??= createCompletion(work, flush);
      return completion.complete(effect);
    },
    executed: () => completion?.executed(),
  };
}
