'use client';

import type { TaskDetail } from '#lib/tasks/types';
import { useNow } from '../time/clock.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { QueueHoldText } from './queue-hold-text.tsx';
import { stateMeta } from './state-meta.ts';
import { useQueueHold } from './use-queue-hold.ts';

type StateSentenceProps = { task: TaskDetail; onLeave?: () => void };

/** What a task does, waits for or has come to, and when; live. */
export function StateSentence({ task, onLeave }: StateSentenceProps) {
  const { state, finishedAt } = task;
  if (state === 'running' && task.cancelRequested) return 'Asked to stop; waiting for the handler.';
  if (state === 'pending' || state === 'scheduled' || state === 'retrying')
    return <Waiting task={task} onLeave={onLeave} />;
  const ended = finishedAt ? endedText[state] : undefined;
  if (!finishedAt || !ended) return stateMeta[state].meaning;
  return (
    <>
      {ended} <RelativeTime at={finishedAt} />.
    </>
  );
}

const endedText: Partial<Record<TaskDetail['state'], string>> = {
  completed: 'Finished',
  failed: 'Ended with an error',
  cancelled: 'Cancelled',
  abandoned: 'Given up, since its workers stopped responding too often,',
};

/** Never promises a start that its queue does not allow. */
function Waiting({ task, onLeave }: { task: TaskDetail; onLeave: (() => void) | undefined }) {
  const hold = useQueueHold(task.queue, 'waits');
  const now = useNow();
  const held = hold ? <QueueHoldText queue={task.queue} hold={hold} onLeave={onLeave} /> : null;
  if (task.state === 'pending')
    return held ?? (hold === null ? 'Waiting for a free worker.' : stateMeta.pending.meaning);
  const [starts, isDue] =
    task.state === 'retrying'
      ? [`Attempt ${task.attempt + 1} of ${task.maxAttempts} starts`, `Attempt ${task.attempt + 1} is due`]
      : ['Starts', 'Due'];
  return (
    <>
      {held ? isDue : starts} {Date.parse(task.runAt) > now ? <RelativeTime at={task.runAt} /> : 'now'}. {held}
    </>
  );
}
