'use client';

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { controlTask, dismissTask, type TaskAction } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import type { TaskRef, TaskView } from '../api/types.ts';
import { toastWithUndo } from '../shell/toast-with-undo.ts';

const refusals: Record<TaskAction, string> = {
  cancel: 'The task was not cancelled.',
  pause: 'The task was not paused.',
  resume: 'The task was not resumed.',
  retry: 'The task was not sent again.',
  undismiss: 'The task was not brought back.',
};

/** What is said of the actions that can be taken back, and by which. A cancel cannot: a retry would begin anew. */
const undoable: Partial<Record<TaskAction, { done: string; opposite: TaskAction; undone: string }>> = {
  pause: { done: 'The task is paused.', opposite: 'resume', undone: 'The task is resumed.' },
  resume: { done: 'The task is resumed.', opposite: 'pause', undone: 'The task is paused.' },
};

/** What the page shows before the answer has come, where that can be foreseen. */
const foreseen: Partial<Record<TaskAction, (task: TaskView) => Partial<TaskView>>> = {
  pause: ({ state }) => ({ state: 'paused', pausedFrom: state }),
  resume: ({ pausedFrom }) => ({ state: pausedFrom ?? 'pending', pausedFrom: null }),
};

/** Tells a task something, shows it at once, and offers to take back what can be. A refusal is said. */
export function useControlTask(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: TaskAction) => tell(queryClient, id, action),
    onSuccess: (_, action) => {
      const back = undoable[action];
      if (back) toastWithUndo(back.done, { undo: () => tell(queryClient, id, back.opposite), undone: back.undone });
    },
    onError: (error, action) => toastRefusal(refusals[action], error),
  });
}

/** Dismisses a dead letter for a reason, and offers to take that back. A refusal is for the form that asked for the reason. */
export function useDismissTask(id: string, onDismissed: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => dismissTask(id, reason),
    onSuccess: () => {
      onDismissed();
      toastWithUndo('The task is dismissed.', {
        undo: () => tell(queryClient, id, 'undismiss'),
        undone: 'The task is back among the dead letters.',
      });
    },
    onSettled: () => refetch(queryClient, id),
  });
}

/** @throws ApiError when it is refused; the page then shows again what was true before. */
async function tell(queryClient: QueryClient, id: string, action: TaskAction): Promise<TaskRef> {
  const takeBack = await foresee(queryClient, id, action);
  try {
    return await controlTask(id, action);
  } catch (error) {
    takeBack();
    throw error;
  } finally {
    await refetch(queryClient, id);
  }
}

/** An answer says only the state; this brings the rest, also where the live link is down. */
function refetch(queryClient: QueryClient, id: string): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: keys.taskAudit(id) });
  return queryClient.invalidateQueries({ queryKey: keys.detail(id), exact: true });
}

/** Keeps the version: what the feed or a refetch knows better goes over it. @returns what takes it back. */
async function foresee(queryClient: QueryClient, id: string, action: TaskAction): Promise<() => void> {
  const queryKey = keys.detail(id);
  const change = foreseen[action];
  if (!change) return () => {};
  // What is on its way was true before.
  await queryClient.cancelQueries({ queryKey, exact: true });
  const before = queryClient.getQueryData<TaskView>(queryKey);
  if (!before) return () => {};
  queryClient.setQueryData<TaskView>(queryKey, { ...before, ...change(before) });
  return () =>
    queryClient.setQueryData<TaskView>(queryKey, (known) => (known?.version === before.version ? before : known));
}
