'use client';

import { BellOff, RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { Button } from '../ui/button.tsx';
import { DismissGroupDialog } from './dismiss-group-dialog.tsx';
import { findHeading } from './focus.ts';
import { RedriveGroupDialog } from './redrive-group-dialog.tsx';

/** What may be done with all dead letters of one cause. `describedBy` names the element that says which. */
export function GroupActions({ group, describedBy }: { group: DeadLetterGroup; describedBy: string }) {
  const [asking, setAsking] = useState<'redrive' | 'dismiss' | null>(null);
  const actions = useRef<HTMLDivElement>(null);
  const dialog = {
    group,
    onClose: () => setAsking(null),
    // The group may have gone before the dialog.
    returnFocus: () => (actions.current ? null : findHeading()),
  };
  return (
    <div ref={actions} className="flex shrink-0 gap-2">
      <Button aria-describedby={describedBy} onClick={() => setAsking('redrive')}>
        <RotateCcw /> Redrive
      </Button>
      <Button variant="ghost" aria-describedby={describedBy} onClick={() => setAsking('dismiss')}>
        <BellOff /> Dismiss
      </Button>
      {asking === 'redrive' ? <RedriveGroupDialog {...dialog} /> : null}
      {asking === 'dismiss' ? <DismissGroupDialog {...dialog} /> : null}
    </div>
  );
}
