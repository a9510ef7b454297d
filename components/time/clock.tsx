'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

const RenderedAt = createContext(0);

/** Hands down the server's time, so that the first client render writes the same words as the server did. */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  return <RenderedAt value={renderedAt}>{children}</RenderedAt>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = 0;

const tick = () => {
  current = Math.floor(Date.now() / 1_000) * 1_000;
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    current = 0;
  };
}

const snapshot = (): number => (current ||= Math.floor(Date.now() / 1_000) * 1_000);

/** The time in milliseconds, moving once a second; one timer serves the whole page. */
export function useNow(): number {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(subscribe, snapshot, () => renderedAt);
}

const never = () => () => {};

/** False on the server and while hydrating; then what only the browser knows may be shown. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
