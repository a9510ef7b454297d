'use client';

import { useHydrated, useNow } from './clock.tsx';
import { formatLocal, formatRelative, formatUtc } from './format.ts';

/** "5 m ago", ticking, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const exact = useExactTime(at);
  return (
    <time dateTime={at} title={exact} className={className}>
      {formatRelative(Date.parse(at), now)}
    </time>
  );
}

/** The exact time in the reader's zone. */
export function ExactTime({ at, className }: { at: string; className?: string }) {
  const exact = useExactTime(at);
  return (
    <time dateTime={at} className={className}>
      {exact}
    </time>
  );
}

function useExactTime(at: string): string {
  const hydrated = useHydrated();
  return hydrated ? formatLocal(Date.parse(at)) : formatUtc(Date.parse(at));
}
