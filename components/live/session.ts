import { fetchRealtimeToken } from '../api/calls.ts';
import type { LiveConnection, Session } from './connection.ts';
import { TokenSource } from './token.ts';

/** Makes a client. It is a quarter of the page's script, and the first paint needs nothing of it: so it is loaded afterwards. */
export async function openSession(url: string, publishableKey: string): Promise<Session> {
  const { createClient } = await import('@supabase/supabase-js');
  const token = new TokenSource(fetchRealtimeToken);
  const client = createClient(url, publishableKey, { accessToken: () => token.get(Date.now()) });
  return { client, forgetToken: () => token.forget() };
}

const retryMs = 10_000;

/** Starts the connection as soon as there is a session, however often that has to be tried. @returns the end of it. */
export function startLive(connection: LiveConnection, open: () => Promise<Session>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  let ended = false;

  const begin = async (): Promise<void> => {
    try {
      const session = await open();
      if (!ended) stop = connection.start(session);
    } catch {
      // The script did not arrive. The pages ask by themselves until it does.
      if (!ended) timer = setTimeout(() => void begin(), retryMs);
    }
  };
  void begin();

  return () => {
    ended = true;
    clearTimeout(timer);
    stop?.();
  };
}
