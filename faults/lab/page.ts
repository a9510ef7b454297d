import { createClient } from '@supabase/supabase-js';
import { topics } from '#lib/realtime/topics';
import { LiveConnection } from '../../components/live/connection.ts';
import { ChangeJournal } from '../../components/live/journal.ts';
import { mergeIntoPages, type TaskPages } from '../../components/live/merge.ts';
import { readTasksMessage } from '../../components/live/messages.ts';
import type { TaskPage } from '../../components/api/types.ts';

/** What the list of tasks would show. */
export type Page = {
  rows(): TaskPage['tasks'];
  /** Times it joined the feed, the first included. */
  joins(): number;
  /** Rows that went back to an older version: there must be none. */
  setbacks(): number;
  close(): void;
};

type Options = { gatewayUrl: string; publishableKey: string; token: string; fetchPage: () => Promise<TaskPage> };

const everything = { state: null, definition: null, queue: null };

/** A page without a browser: the very modules by which the list of tasks is live, wired as its hooks wire them. */
export function openPage({ gatewayUrl, publishableKey, token, fetchPage }: Options): Page {
  const journal = new ChangeJournal();
  const client = createClient(gatewayUrl, publishableKey, { accessToken: async () => token });
  const connection = new LiveConnection();
  const versions = new Map<string, number>();
  let shown: TaskPages<null> = { pages: [], pageParams: [null] };
  let [joins, setbacks] = [0, 0];

  function show(next: TaskPages<null>): void {
    shown = next;
    for (const { id, version } of next.pages.flatMap(({ tasks }) => tasks)) {
      if (version < (versions.get(id) ?? 0)) setbacks += 1;
      versions.set(id, version);
    }
  }

  /** Fetches until it succeeds, as the page's cache does. What came meanwhile is laid over the answer. */
  async function refetch(): Promise<void> {
    const startedAt = Date.now();
    const page = await fetchPage().catch(() => undefined);
    if (page) show(mergeIntoPages({ pages: [page], pageParams: [null] }, journal.since(startedAt), everything));
    else await refetch();
  }

  connection.listen(topics.tasks, {
    onMessage: (event, payload) => {
      const message = event === 'changes' ? readTasksMessage(payload) : null;
      if (event === 'missed' || message?.untold) void refetch();
      if (message) show(mergeIntoPages(shown, journal.record(message.tasks, Date.now()), everything));
    },
    onJoined: () => {
      joins += 1;
      void refetch();
    },
  });
  const stop = connection.start({ client, forgetToken: () => undefined });
  return {
    rows: () => shown.pages.flatMap(({ tasks }) => tasks),
    joins: () => joins,
    setbacks: () => setbacks,
    close: stop,
  };
}
