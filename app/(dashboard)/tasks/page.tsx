import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { TaskList } from '#components/task-list/task-list';
import { TaskdeckError } from '#lib/errors';
import { listTasks, readFacets } from '#lib/tasks/index';
import { columnsCookie, parseColumnsCookie } from '../../../components/task-list/columns-cookie.ts';
import { filterQuery, parseFilter } from '../../../components/tasks/filter.ts';
import { parseListQuery } from '../../api/tasks/list-query.ts';
import { requireMember } from '../../session.ts';

export const metadata: Metadata = { title: 'Tasks' };

type TasksPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TasksPage({ searchParams }: TasksPageProps) {
  await requireMember();
  const query = await searchParams;
  const filter = parseFilter({
    get: (name) => {
      const value = query[name];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
  });
  const [known, kept] = await Promise.all([readList(Object.fromEntries(filterQuery(filter))), cookies()]);
  return (
    <TaskList
      initialFilter={filter}
      initialPage={known?.page ?? null}
      initialFacets={known?.facets ?? null}
      initialColumns={parseColumnsCookie(kept.get(columnsCookie)?.value)}
    />
  );
}

/** The first page, and the counts around it; null when the filter is refused, which the browser then says in place. */
async function readList(query: Record<string, string>) {
  try {
    const { cursor: _, limit: __, sort, ...filter } = parseListQuery(query);
    const [page, facets] = await Promise.all([listTasks({ ...filter, sort }), readFacets(filter)]);
    return { page, facets };
  } catch (error) {
    if (error instanceof TaskdeckError && error.code === 'invalid') return null;
    throw error;
  }
}
