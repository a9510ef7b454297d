'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** Nearer to the end than this is at the end. */
const nearPx = 24;

/**
 * Keeps a scrolled box at its end while lines come, until the reader scrolls up, and again once they are back at the end.
 *
 * @param last the newest line's number; undefined while there is none.
 */
export function useFollow(last: number | undefined): {
  box: RefObject<HTMLDivElement | null>;
  following: boolean;
  /** The newest line when following stopped; null while it follows. */
  stoppedAt: number | null;
  setFollowing(on: boolean): void;
  onScroll(): void;
} {
  const box = useRef<HTMLDivElement>(null);
  const [stoppedAt, setStoppedAt] = useState<number | null>(null);
  const following = stoppedAt === null;

  useEffect(() => {
    if (following && last !== undefined && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [following, last]);

  const setFollowing = (on: boolean) => setStoppedAt((known) => (on ? null : (known ?? last ?? 0)));
  const onScroll = () => {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    setFollowing(scrollHeight - scrollTop - clientHeight < nearPx);
  };
  return { box, following, stoppedAt, setFollowing, onScroll };
}
