'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState } from 'react';

export type Range = { start: number; end: number };

type RowRangeProps = {
  list: HTMLElement;
  count: number;
  rowHeight: number;
  /** Called before the paint that shows them. */
  onChange(range: Range): void;
};

/** Rows beyond the window that are drawn too, so that a scroll or a step by keyboard finds them there. */
const overscan = 12;

/** Says which rows of a long list stand in the window. A component of its own, so that only long lists load it. */
export function RowRange({ list, count, rowHeight, onChange }: RowRangeProps) {
  const top = usePageTop(list);
  // Its functions are called here only, and nothing of it is handed on.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => rowHeight, overscan, scrollMargin: top });
  const items = virtualizer.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useLayoutEffect(() => {
    if (end > 0) onChange({ start, end });
  }, [start, end, onChange]);
  return null;
}

const pageTop = (element: HTMLElement): number => Math.round(element.getBoundingClientRect().top + window.scrollY);

/** Where the list begins on the page: filters above it come and go. */
function usePageTop(list: HTMLElement): number {
  const [top, setTop] = useState(() => pageTop(list));
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setTop(pageTop(list)));
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}
