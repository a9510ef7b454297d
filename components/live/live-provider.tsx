'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { ApiError } from '../api/problem.ts';
import { LiveConnection } from './connection.ts';
import { ChangeJournal } from './journal.ts';
import type { LinkState } from './link-state.ts';
import { openSession, startLive } from './session.ts';

type Live = { connection: LiveConnection; journal: ChangeJournal };

/** Never started: outside of a provider nothing is live. */
const notLive: Live = { connection: new LiveConnection(), journal: new ChangeJournal() };

const LiveContext = createContext(notLive);

/** Owns the page's connection to Realtime, from the first paint to the last. */
export function LiveProvider({
  url,
  publishableKey,
  children,
}: {
  url: string;
  publishableKey: string;
  children: ReactNode;
}) {
  const [live] = useState<Live>(() => ({ connection: new LiveConnection(), journal: new ChangeJournal() }));

  useEffect(() => {
    const stop = startLive(live.connection, () => openSession(url, publishableKey));
    const onReturn = () => {
      if (document.visibilityState === 'visible') void live.connection.refreshToken();
    };
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', onReturn);
    return () => {
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', onReturn);
      stop();
    };
  }, [live, url, publishableKey]);

  return <LiveContext value={live}>{children}</LiveContext>;
}

export const useConnection = (): LiveConnection => useContext(LiveContext).connection;
export const useJournal = (): ChangeJournal => useContext(LiveContext).journal;

function watchOnline(watcher: () => void): () => void {
  window.addEventListener('online', watcher);
  window.addEventListener('offline', watcher);
  return () => {
    window.removeEventListener('online', watcher);
    window.removeEventListener('offline', watcher);
  };
}

const connecting = (): LinkState => 'connecting';

/** Whether changes reach this page by themselves. The browser knows of a lost network before the socket does. */
export function useLinkState(): LinkState {
  const connection = useConnection();
  const link = useSyncExternalStore(connection.watchLink, connection.link, connecting);
  const online = useSyncExternalStore(
    watchOnline,
    () => navigator.onLine,
    () => true,
  );
  return online ? link : 'reconnecting';
}

const fallbackMs = 10_000;

type Asked = { state: { error: Error | null; isInvalidated: boolean } };

/** While the link is down a query asks by itself, slowly; while it is up, only when it could not be answered. */
export function useFallbackInterval(): (query: Asked) => number | false {
  const live = useLinkState() === 'live';
  return ({ state }) => (!live || failed(state) ? fallbackMs : false);
}

/** Until a fetch succeeds the query stays invalidated, also when the feed brings rows meanwhile. A refusal stays one. */
const failed = ({ error, isInvalidated }: Asked['state']): boolean => isInvalidated && !isRefusal(error);

const isRefusal = (error: Error | null): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
