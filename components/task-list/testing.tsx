import { act, screen } from '@testing-library/react';
import type { Facets } from '#lib/search/types';
import type { TaskSummary } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { mergeIntoPages, type TaskPages } from '../live/merge.ts';
import type { TaskFilter } from '../tasks/filter.ts';
import { summary } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { TaskList } from './task-list.tsx';

/** Counts by value, as `{ state: { failed: 3 } }`. */
export function facets(by: Partial<Record<keyof Facets['facets'], Record<string, number>>> = {}, total = 0): Facets {
  const valuesOf = (name: keyof Facets['facets']) =>
    Object.entries(by[name] ?? {}).map(([value, count]) => ({ value, count, more: false }));
  return {
    total: { count: total, more: false },
    facets: {
      state: valuesOf('state'),
      definition: valuesOf('definition'),
      queue: valuesOf('queue'),
      tag: valuesOf('tag'),
      worker: valuesOf('worker'),
    },
  };
}

type Options = {
  tasks?: TaskSummary[];
  nextCursor?: string | null;
  role?: 'viewer' | 'operator';
  /** What the server rendered; another filter in the address makes the page fetch its own. */
  filter?: TaskFilter;
};

/** Renders the page as the server would, and brings changes as the feed does. */
export function showList({ tasks = newestFirst(2), nextCursor = null, role = 'operator', filter = {} }: Options = {}) {
  const queryClient = newTestClient();
  renderPage(
    <TaskList
      initialFilter={filter}
      initialPage={{ tasks, nextCursor }}
      initialColumns={undefined}
      initialFacets={facets({ state: { pending: tasks.length } }, tasks.length)}
    />,
    { queryClient, role },
  );
  const arrive = (...changes: TaskSummary[]) =>
    act(async () => {
      queryClient.setQueryData<TaskPages<null>>(
        keys.list(filter),
        (data) => data && mergeIntoPages(data, changes, filter),
      );
      // The cache tells its observers in a later task.
      await new Promise((resolve) => setTimeout(resolve));
    });
  return { arrive, tasks, queryClient };
}

/** So many new tasks, in the order of a list. */
export const newestFirst = (count: number, over: Partial<TaskSummary> = {}): TaskSummary[] =>
  Array.from({ length: count }, () => summary(over)).reverse();

/** The rows that are drawn, without the header. */
export const rows = (): HTMLElement[] => screen.getAllByRole('row').filter((row) => row.dataset['taskId']);
