'use client';

import { DismissDialog } from '../dead-letters/dismiss-dialog.tsx';
import { useDismissTask } from './use-control-task.ts';

/** Asks why a dead letter is dismissed, and dismisses it. */
export function DismissTaskDialog({ id, onClose }: { id: string; onClose(): void }) {
  const dismiss = useDismissTask(id, onClose);
  return <DismissDialog title="Dismiss this task?" dismiss={dismiss} pointer="/reason" onClose={onClose} />;
}
