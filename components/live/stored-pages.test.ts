import { InfiniteQueryObserver } from '@tanstack/react-query';
import type { TaskSummary } from '#lib/tasks/types';
import type { TaskPage } from '../api/types.ts';
import { summary } from '../testing/factories.ts';
import { newTestClient } from '../testing/render.tsx';
import { ChangeJournal } from './journal.ts';
import { mergeIntoPages, type TaskPages } from './merge.ts';
import { notePage, storePages } from './stored-pages.ts';

type Pages = TaskPages<string | null>;
const key = ['tasks', 'list', {}];

/** A list of the server's that answers when the test says so, and a feed. */
function openList(first: TaskPage) {
  const client = newTestClient();
  const journal = new ChangeJournal();
  let answer: (page: TaskPage) => void = () => undefined;
  const list = new InfiniteQueryObserver(client, {
    queryKey: key,
    initialPageParam: null as string | null,
    initialData: { pages: [first], pageParams: [null] },
    queryFn: async () => {
      const askedAt = Date.now();
      return notePage(await new Promise<TaskPage>((resolve) => (answer = resolve)), askedAt);
    },
    getNextPageParam: (page: TaskPage) => page.nextCursor,
    structuralSharing: (known, incoming) => storePages(known as Pages | undefined, incoming as Pages, {}, journal),
  });
  list.subscribe(() => undefined);
  return {
    list,
    answer: (page: TaskPage) => answer(page),
    tell: (...tasks: TaskSummary[]) => {
      journal.record(tasks, Date.now());
      client.setQueryData<Pages>(key, (known) => known && mergeIntoPages(known, tasks, {}));
    },
    rows: () =>
      client.getQueryData<Pages>(key)?.pages.map(({ tasks }) => tasks.map(({ id, version }) => [id, version])),
  };
}

const [oldest, old, recent, fresh] = [summary(), summary(), summary(), summary()] as const;
afterEach(() => jest.restoreAllMocks());

const next = <Row extends { version: number }>(row: Row): Row => ({ ...row, version: row.version + 1 });

it('a further page leaves what the feed has told of the first ones meanwhile', async () => {
  const { list, answer, tell, rows } = openList({ tasks: [recent], nextCursor: 'x' });
  const fetched = list.fetchNextPage();
  tell(next(recent));
  tell(fresh);
  answer({ tasks: [old], nextCursor: null });
  await fetched;
  expect(rows()).toEqual([
    [
      [fresh.id, 1],
      [recent.id, 2],
    ],
    [[old.id, 1]],
  ]);
});

it('a further page is as new as what the feed has told since it was asked for', async () => {
  const { list, answer, tell, rows } = openList({ tasks: [recent], nextCursor: 'x' });
  const fetched = list.fetchNextPage();
  tell(next(old));
  answer({ tasks: [old], nextCursor: null });
  await fetched;
  expect(rows()).toEqual([[[recent.id, 1]], [[old.id, 2]]]);
});

it('a refetch of several pages keeps what the feed has told of the first while the second was fetched', async () => {
  const { list, answer, tell, rows } = openList({ tasks: [recent], nextCursor: 'x' });
  const more = list.fetchNextPage();
  answer({ tasks: [oldest], nextCursor: null });
  await more;
  const refetched = list.refetch();
  answer({ tasks: [recent], nextCursor: 'x' });
  await Promise.resolve();
  tell(next(recent), fresh);
  await new Promise(setImmediate);
  answer({ tasks: [oldest], nextCursor: null });
  await refetched;
  expect(rows()).toEqual([
    [
      [fresh.id, 1],
      [recent.id, 2],
    ],
    [[oldest.id, 1]],
  ]);
});

it('what the server no longer lists is gone, whatever was told of it before', async () => {
  const { list, answer, tell, rows } = openList({ tasks: [recent], nextCursor: null });
  tell(next(recent));
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5);
  const refetched = list.refetch();
  answer({ tasks: [], nextCursor: null });
  await refetched;
  expect(rows()).toEqual([[]]);
});
