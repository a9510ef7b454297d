'use client';

import { type PointerEvent, useEffect, useState } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { compareNewestFirst } from '../live/merge.ts';

/** Rows newer than `ceiling` wait, so that nothing moves under the pointer. Pure. */
export function splitHeld(rows: TaskSummary[], ceiling: TaskSummary | null): { shown: TaskSummary[]; held: number } {
  if (!ceiling) return { shown: rows, held: 0 };
  const shown = rows.filter((row) => row.id === ceiling.id || compareNewestFirst(ceiling, row) <= 0);
  // The list was replaced by newer rows altogether: there is nothing left to hold still.
  if (shown.length === 0) return { shown: rows, held: 0 };
  return { shown, held: rows.length - shown.length };
}

/** Holds new rows back while the pointer is over the list or the page is scrolled. */
export function useHeldRows(rows: TaskSummary[]) {
  const [ceiling, setCeiling] = useState<TaskSummary | null>(null);
  const [hovered, setHovered] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const holding = hovered || scrolled;

  useEffect(() => {
    const onScroll = () => setScrolled(window.scrollY > 160);
    onScroll();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);

  // Adjusted while rendering: the ceiling is the top row at the moment the holding began.
  if (holding && !ceiling && rows[0]) setCeiling(rows[0]);
  if (!holding && ceiling) setCeiling(null);

  return {
    ...splitHeld(rows, ceiling),
    release: () => setCeiling(rows[0] ?? null),
    hoverProps: {
      onPointerEnter: (event: PointerEvent) => setHovered(event.pointerType === 'mouse'),
      onPointerLeave: () => setHovered(false),
    },
  };
}
