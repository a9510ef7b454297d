import { Inbox } from 'lucide-react';
import type { TaskView } from '../api/types.ts';
import { JsonView } from '../json/json-view.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { CancelledCard } from './cancelled-card.tsx';
import { ErrorView } from './error-view.tsx';
import { visibleText } from './visible-text.ts';
import { Waveform, waveformOf } from './waveform.tsx';

/** What came of the task: its delivered message, its result, or its error. */
export function TaskOutcome({ task }: { task: TaskView }) {
  const peaks = waveformOf(task.result);
  return (
    <>
      {task.inboxMessage ? (
        <Card>
          <CardHeader>
            <CardTitle className="flex items-center gap-2">
              <Inbox aria-hidden className="size-4 text-muted-foreground" /> Delivered to the inbox
            </CardTitle>
            <RelativeTime at={task.inboxMessage.createdAt} className="text-xs text-muted-foreground" />
          </CardHeader>
          <p className="px-4 py-3 text-sm break-words whitespace-pre-wrap">{visibleText(task.inboxMessage.message)}</p>
        </Card>
      ) : null}
      {task.state === 'cancelled' ? <CancelledCard task={task} /> : null}
      {task.error && task.state !== 'completed' && task.state !== 'cancelled' ? (
        <Card>
          <CardHeader>
            <CardTitle>{task.state === 'retrying' ? 'Error of the last attempt' : 'Error'}</CardTitle>
          </CardHeader>
          <ErrorView error={task.error} fingerprint={task.fingerprint} />
        </Card>
      ) : null}
      {task.state === 'completed' ? (
        <Card data-testid="task-result">
          <CardHeader>
            <CardTitle>Result</CardTitle>
          </CardHeader>
          {peaks ? (
            <div className="border-b px-4 py-3">
              <Waveform peaks={peaks} />
            </div>
          ) : null}
          {task.result === null || task.result === undefined ? (
            <p className="px-4 py-3 text-[13px] text-muted-foreground">Completed without a return value.</p>
          ) : (
            <JsonView value={task.result} label="result" />
          )}
        </Card>
      ) : null}
    </>
  );
}
