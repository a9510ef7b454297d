'use client';

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { useMayAct } from '../shell/member.tsx';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';
import { handFocusOn } from './focus.ts';
import { GroupActions } from './group-actions.tsx';
import { GroupTasks } from './group-tasks.tsx';

const minuteMs = 60_000;
const grouped = new Intl.NumberFormat('en');

/** The dead letters of one cause; opened, its tasks. */
export function GroupRow({ group }: { group: DeadLetterGroup }) {
  const [open, setOpen] = useState(false);
  const mayAct = useMayAct();
  const id = useId();
  return (
    <li ref={handFocusOn}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen((was) => !was)}
          className="flex min-w-0 flex-1 basis-72 items-start gap-2 rounded-sm text-left text-[13px]"
        >
          <ChevronRight
            aria-hidden
            className={cn('mt-0.5 size-4 shrink-0 text-muted-foreground transition-transform', open && 'rotate-90')}
          />
          <span className="min-w-0">
            <span id={`${id}-cause`} className="line-clamp-2 font-medium break-words">
              {visibleText(group.sampleMessage) || 'Without a message'}
            </span>
            <span className="block truncate text-xs text-muted-foreground">
              {group.definitions.join(', ')} · <RelativeTime at={group.lastAt} />
              {Date.parse(group.lastAt) - Date.parse(group.firstAt) > minuteMs ? (
                <>
                  , first <RelativeTime at={group.firstAt} />
                </>
              ) : null}
            </span>
          </span>
        </button>
        <span className="shrink-0 text-[13px] font-semibold tabular-nums">
          {grouped.format(group.count)} <span className="sr-only">{group.count === 1 ? 'task' : 'tasks'}</span>
        </span>
        {mayAct ? <GroupActions group={group} describedBy={`${id}-cause`} /> : null}
      </div>
      <div id={id} hidden={!open}>
        {open ? <GroupTasks fingerprint={group.fingerprint} count={group.count} /> : null}
      </div>
    </li>
  );
}
