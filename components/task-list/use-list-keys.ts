'use client';

import { useEffect, useRef } from 'react';
import { useShortcuts } from '../shell/use-shortcuts.ts';

type ListKeys = {
  list: HTMLElement | null;
  /** The ids of the rows as they stand, also of those that are not drawn. */
  order: string[];
  rowHeight: number;
  onSelect: ((id: string, extend: boolean) => void) | null;
  /** Null while nothing is selected. */
  onClear: (() => void) | null;
};

/** j and k, or the arrows, walk the rows; x selects, with shift as far as here; Escape selects nothing. Enter is the link's own. */
export function useListKeys({ list, order, rowHeight, onSelect, onClear }: ListKeys): void {
  const active = useRef<string | null>(null);
  const wanted = useRef<string | null>(null);

  const rowOf = (id: string) => list?.querySelector<HTMLElement>(`[data-task-id="${id}"]`);
  const focus = (id: string): boolean => {
    const link = rowOf(id)?.querySelector<HTMLElement>('[data-task-row]');
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
    return link !== undefined && link !== null;
  };
  /** The row that has the focus, or had it last. */
  const current = (): string | null => {
    const row = document.activeElement?.closest<HTMLElement>('[data-task-id]');
    return row?.dataset['taskId'] ?? active.current;
  };
  const move = (step: 1 | -1) => {
    const id = current();
    const at = id === null ? -1 : order.indexOf(id);
    const next = at < 0 ? order.at(step > 0 ? 0 : -1) : order[Math.min(order.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    active.current = next;
    if (focus(next)) return;
    // It is not drawn: the page scrolls there, and it has the focus as soon as it is.
    wanted.current = next;
    const top = (list?.getBoundingClientRect().top ?? 0) + window.scrollY;
    window.scrollTo({ top: top + order.indexOf(next) * rowHeight - window.innerHeight / 2 });
  };
  const select = (extend: boolean) => {
    const id = current();
    if (id !== null && onSelect) onSelect(id, extend);
  };

  useEffect(() => {
    if (wanted.current !== null && focus(wanted.current)) wanted.current = null;
  });

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ...(onSelect
      ? {
          x: { does: 'Select the task', run: () => select(false) },
          X: { does: 'Select as far as here', run: () => select(true) },
        }
      : {}),
    ...(onClear ? { Escape: { does: 'Select nothing', run: onClear } } : {}),
  });
}
