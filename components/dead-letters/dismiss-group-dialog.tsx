'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { toastWithUndo } from '../shell/toast-with-undo.ts';
import { tasksText } from '../task-list/count-text.tsx';
import type { FocusTarget } from '../ui/dialog.tsx';
import { dismissGroup } from './calls.ts';
import { DismissDialog } from './dismiss-dialog.tsx';

type DismissGroupDialogProps = { group: DeadLetterGroup; onClose(): void; returnFocus: FocusTarget };

/** Dismisses all dead letters of a cause, and offers to take that back where they are not too many. */
export function DismissGroupDialog({ group, ...dialog }: DismissGroupDialogProps) {
  const queryClient = useQueryClient();
  const refetch = () => queryClient.invalidateQueries({ queryKey: keys.deadLetters() });
  const dismiss = useMutation({
    mutationFn: (reason: string) => dismissGroup(group.fingerprint, reason),
    onSuccess: (undo) => {
      dialog.onClose();
      if (!undo) return;
      toastWithUndo('The dead letters of this cause are dismissed.', {
        undo: () => undo().finally(refetch),
        undone: 'They are brought back.',
      });
    },
    onSettled: refetch,
  });
  return (
    <DismissDialog
      title={`Dismiss ${tasksText({ count: group.count, more: false })}?`}
      dismiss={dismiss}
      pointer="/args/reason"
      {...dialog}
    />
  );
}
