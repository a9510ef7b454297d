'use client';

import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** `data-more-before` and `data-more-after` say that there is more on a side than is seen. */
function tellMore(place: HTMLElement | null): void {
  if (!place) return;
  const { scrollLeft, clientWidth, scrollWidth } = place;
  place.toggleAttribute('data-more-before', scrollLeft > 1);
  place.toggleAttribute('data-more-after', scrollLeft + clientWidth < scrollWidth - 1);
}

/**
 * A place that may be narrower than what it shows: scrolls so that `x` (pixels) stands in its middle, and marks the sides on which there
 * is more.
 */
export function useScrolledTo(x: number): { place: RefObject<HTMLDivElement | null>; onScroll(): void } {
  const place = useRef<HTMLDivElement>(null);
  const onScroll = useCallback(() => tellMore(place.current), []);
  useEffect(() => {
    if (place.current) place.current.scrollLeft = x - place.current.clientWidth / 2;
  }, [x]);
  // Whatever was drawn may have made it wider.
  useEffect(onScroll);
  useEffect(() => {
    window.addEventListener('resize', onScroll);
    return () => window.removeEventListener('resize', onScroll);
  }, [onScroll]);
  return { place, onScroll };
}
