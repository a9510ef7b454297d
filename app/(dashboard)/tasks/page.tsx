import type { Metadata } from 'next';
import { TaskList } from '#components/tasks/task-list';
import { listQueues } from '#lib/queues/index';
import { countTasks, listDefinitions, listTasks } from '#lib/tasks/index';
import { parseFilter } from '../../../components/tasks/filter.ts';
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
  const [page, counts, definitions, queues] = await Promise.all([
    listTasks({
      ...(filter.state && { states: [filter.state] }),
      ...(filter.definition && { definition: filter.definition }),
      ...(filter.queue && { queue: filter.queue }),
    }),
    countTasks(),
    listDefinitions(),
    listQueues(),
  ]);
  return (
    <TaskList
      initialFilter={filter}
      initialPage={page}
      initialCounts={counts}
      definitions={definitions}
      queues={queues.map((queue) => queue.name)}
    />
  );
}
