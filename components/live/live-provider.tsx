'use client';

import { createClient } from '@supabase/supabase-js';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { fetchRealtimeToken } from '../api/calls.ts';
import { LiveConnection } from './connection.ts';
import { ChangeJournal } from './journal.ts';
import type { LinkState } from './link-state.ts';
import { TokenSource } from './token.ts';

type Live = { connection: LiveConnection | null; journal: ChangeJournal };

const LiveContext = createContext<Live>({ connection: null, journal: new ChangeJournal() });

/** Owns the page's connection to Realtime, from the first paint to the last. */
export function LiveProvider({ url, publishableKey, children }: { url: string; publishableKey: string; children: ReactNode }) {
  const [journal] = useState(() => new ChangeJournal());
  const [connection, setConnection] = useState<LiveConnection | null>(null);

  useEffect(() => {
    const token = new TokenSource(fetchRealtimeToken);
    const client = createClient(url, publishableKey, { accessToken: () => token.get(Date.now()) });
    const live = new LiveConnection({ client, forgetToken: () => token.forget() });
    setConnection(live);

    const onReturn = () => {
      if (document.visibilityState === 'visible') void live.refreshToken().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', onReturn);
    window.addEventListener('online', onReturn);
    return () => {
      document.removeEventListener('visibilitychange', onReturn);
      window.removeEventListener('online', onReturn);
      live.stop();
      void client.realtime.disconnect();
    };
  }, [url, publishableKey]);

  return <LiveContext value={{ connection, journal }}>{children}</LiveContext>;
}

export const useConnection = (): LiveConnection | null => useContext(LiveContext).connection;
export const useJournal = (): ChangeJournal => useContext(LiveContext).journal;

const noWatch = () => () => {};
const connecting = (): LinkState => 'connecting';

/** Whether changes reach this page by themselves. */
export function useLinkState(): LinkState {
  const connection = useConnection();
  return useSyncExternalStore(connection?.watchLink ?? noWatch, connection?.link ?? connecting, connecting);
}

const fallbackMs = 10_000;

/** While the link is down a query asks by itself, slowly; while it is up, never. */
export const useFallbackInterval = (): number | false => (useLinkState() === 'live' ? false : fallbackMs);
