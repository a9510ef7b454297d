import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TaskPage } from '#components/tasks/task-page';
import { inboxMessageOf } from '#lib/inbox/index';
import { getTask, listDefinitions, listLogs } from '#lib/tasks/index';
import { requireMember } from '../../../session.ts';

type PageProps = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Task' };

export default async function Page({ params }: PageProps) {
  await requireMember();
  const { id } = await params;
  const task = await getTask(id);
  if (!task) notFound();
  const [inboxMessage, logs, definitions] = await Promise.all([
    inboxMessageOf(task.id),
    listLogs(task.id),
    listDefinitions(),
  ]);
  const title = definitions.find(({ name }) => name === task.definition)?.title ?? task.definition;
  return <TaskPage key={task.id} initial={{ ...task, inboxMessage }} initialLogs={logs} title={title} />;
}
