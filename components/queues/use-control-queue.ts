'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueueInfo } from '#lib/queues/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { toastWithUndo } from '../shell/toast-with-undo.ts';
import { controlQueue } from './calls.ts';

type Control = { queue: Pick<QueueInfo, 'name' | 'draining'>; verb: 'pause' | 'resume' };

const said = {
  pause: (name: string) => `The queue ${name} is paused: it starts nothing.`,
  resume: (name: string) => `The queue ${name} goes on.`,
};
const opposite = { pause: 'resume', resume: 'pause' } as const;

/** Pauses or resumes a queue, says so, and offers to take it back. */
export function useControlQueue() {
  const queryClient = useQueryClient();
  const refetch = () => queryClient.invalidateQueries({ queryKey: keys.queues() });
  return useMutation({
    mutationFn: ({ queue, verb }: Control) => controlQueue(queue.name, verb),
    onSuccess: (_, { queue: { name, draining }, verb }) => {
      // A resume ends a drain too, so that neither verb takes the other back then.
      if (draining) return;
      const back = opposite[verb];
      toastWithUndo(said[verb](name), {
        undo: () => controlQueue(name, back).finally(refetch),
        undone: said[back](name),
      });
    },
    onError: (error, { verb }) => toastRefusal(`The queue was not ${verb}d.`, error),
    onSettled: refetch,
  });
}
