'use client';

import { type PointerEvent, useEffect, useMemo, useState } from 'react';
import type { TaskSummary } from '#lib/tasks/types';

type Held = {
  shown: TaskSummary[];
  /** New rows that wait. */
  held: number;
  /** Rows that are shown though the list has them no more. */
  lost: number;
};

/**
 * While rows are held each stays in its place, with its newest state, also when it has left the list: new ones above wait, older
 * ones that were loaded since follow below. Pure.
 */
export function splitHeld(rows: TaskSummary[], frozen: readonly TaskSummary[] | null): Held {
  if (!frozen) return { shown: rows, held: 0, lost: 0 };
  const current = new Map(rows.map((row) => [row.id, row]));
  const kept = new Set(frozen.map((row) => row.id));
  const lastKept = rows.findLastIndex((row) => kept.has(row.id));
  const isNew = (row: TaskSummary) => !kept.has(row.id);
  return {
    shown: [...frozen.map((row) => current.get(row.id) ?? row), ...(lastKept < 0 ? [] : rows.slice(lastKept + 1))],
    held: (lastKept < 0 ? rows : rows.slice(0, lastKept)).filter(isNew).length,
    lost: frozen.filter((row) => !current.has(row.id)).length,
  };
}

/** Pixels from the top that a page may be scrolled while its rows still move. */
const topPixels = 160;

/** Holds rows still while the pointer is over the list or the page is scrolled. */
export function useHeldRows(rows: TaskSummary[]) {
  const [frozen, setFrozen] = useState<TaskSummary[] | null>(null);
  const [hovered, setHovered] = useState(false);
  const scrolled = useScrolled();
  const holding = hovered || scrolled;

  // Adjusted while rendering: they stay as they are at the moment when the holding begins.
  if (holding && !frozen && rows.length > 0) setFrozen(rows);
  if (!holding && frozen) setFrozen(null);

  const { shown, held, lost } = useMemo(() => splitHeld(rows, frozen), [rows, frozen]);
  return {
    shown,
    held,
    lost,
    scrolled,
    release: () => setFrozen(rows),
    hoverProps: {
      onPointerEnter: (event: PointerEvent) => setHovered(event.pointerType === 'mouse'),
      onPointerLeave: () => setHovered(false),
    },
  };
}

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const onScroll = () => setScrolled(window.scrollY > topPixels);
    onScroll();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  return scrolled;
}
