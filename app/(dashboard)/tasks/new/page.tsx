import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { DefinitionPicker } from '#components/submit/definition-picker';
import { NewTaskForm } from '#components/submit/new-task-form';
import { NewTaskHeading } from '#components/submit/new-task-heading';
import { EmptyState } from '#components/ui/empty-state';
import { Notice } from '#components/ui/notice';
import { roleIncludes } from '#lib/access/index';
import { listQueues } from '#lib/queues/index';
import { getTask, listDefinitions } from '#lib/tasks/index';
import { submitLike } from '../../../../components/submit/like-this.ts';
import { requireMember } from '../../../session.ts';

export const metadata: Metadata = { title: 'New task' };

type NewTaskPageProps = { searchParams: Promise<{ definition?: string | string[]; from?: string | string[] }> };

export default async function NewTaskPage({ searchParams }: NewTaskPageProps) {
  const member = await requireMember();
  if (!roleIncludes(member.role, 'operator')) {
    return (
      <EmptyState icon={Lock} title="You may look, not submit">
        Your role is viewer. An admin can make you an operator.
      </EmptyState>
    );
  }
  const { definition: wanted, from } = await searchParams;
  const [all, queues, source] = await Promise.all([
    listDefinitions(),
    listQueues(),
    typeof from === 'string' ? getTask(from) : null,
  ]);
  const definitions = all.filter(({ active }) => active);
  const name = wanted ?? source?.definition;
  const definition = definitions.find((one) => one.name === name);

  return (
    <div className="flex flex-col gap-4">
      <NewTaskHeading definition={definition} />
      {name && !definition ? (
        <Notice tone="info" title={`There is no active task type “${String(name)}”.`}>
          Choose one of these.
        </Notice>
      ) : null}
      {definition ? (
        <NewTaskForm
          key={`${definition.name}-${source?.id}`}
          definition={definition}
          queues={queues.map(({ name }) => name)}
          initial={source?.definition === definition.name ? submitLike(source, definition) : undefined}
        />
      ) : (
        <DefinitionPicker definitions={definitions} />
      )}
    </div>
  );
}
