'use client';

import { useNow } from './clock.tsx';
import { formatDuration } from './format.ts';

/** How long something took, or has taken so far: ticks while `to` is open. */
export function Elapsed({ from, to, className }: { from: string; to: string | null; className?: string }) {
  return (
    <span className={className}>
      {to === null ? <Running from={from} /> : formatDuration(Date.parse(to) - Date.parse(from))}
    </span>
  );
}

function Running({ from }: { from: string }) {
  const now = useNow();
  const seconds = Math.floor((now - Date.parse(from)) / 1_000);
  return seconds < 60 ? `${Math.max(0, seconds)} s` : formatDuration(seconds * 1_000);
}
