import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TaskPage } from '#components/tasks/task-page';
import { inboxMessageOf } from '#lib/inbox/index';
import { getTask, listDefinitions, listLogs } from '#lib/tasks/index';
import type { DefinitionInfo } from '#lib/tasks/types';
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
  const definition = definitions.find(({ name }) => name === task.definition);
  return (
    <TaskPage
      key={task.id}
      initial={{ ...task, inboxMessage }}
      initialLogs={logs}
      title={definition?.title ?? task.definition}
      defaults={definition ? defaultsOf(definition) : null}
    />
  );
}

/** The browser needs no schema here. */
const defaultsOf = ({ queue, priority, retry, timeoutMs, mode, concurrencyLimit }: DefinitionInfo) => ({
  queue,
  priority,
  retry,
  timeoutMs,
  mode,
  concurrencyLimit,
});
