import { useState } from 'react';
import type { useTaskList } from '../api/queries.ts';

/** The way to the next page of a list; `loading` from when it is asked for until it is there. */
export function useLoadMore(list: ReturnType<typeof useTaskList>): { load(): void; loading: boolean } {
  const [asked, setAsked] = useState(false);

  // A fetch that is under way is not cut off, or what it was to heal would be forgotten: a call joins it, and loads after it.
  async function load(): Promise<void> {
    if (!list.hasNextPage) return;
    setAsked(true);
    const known = list.data?.pages.length;
    const { data, isFetchNextPageError } = await list.fetchNextPage({ cancelRefetch: false });
    if (data?.pages.length === known && !isFetchNextPageError) await list.fetchNextPage({ cancelRefetch: false });
    setAsked(false);
  }

  return { load: () => void load(), loading: asked || list.isFetchingNextPage };
}
