'use client';

import { useAppearance } from '../shell/appearance-provider.tsx';
import { useHydrated, useNow } from './clock.tsx';
import { formatLocal, formatRelative, formatUtc } from './format.ts';

/** "5 m ago", ticking, with the exact time on hover; the other way round for who likes it so. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const relative = formatRelative(Date.parse(at), useNow());
  const exact = useExactTime(at);
  const [shown, hint] = useAppearance().times === 'exact' ? [exact, relative] : [relative, exact];
  return (
    <time dateTime={at} title={hint} className={className}>
      {shown}
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
