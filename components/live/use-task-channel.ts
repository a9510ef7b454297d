'use client';

import { useQueryClient } from '@tanstack/react-query';
import { topics } from '#lib/realtime/topics';
import type { TaskLogLine } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { readLogsMessage, readProgressMessage } from './messages.ts';
import { useTopic } from './use-topic.ts';

/** Follows one task between its state changes: progress goes into the cache, log lines to `onLines`. */
export function useTaskChannel(id: string, logs: { onLines(lines: TaskLogLine[]): void; onMissed(): void }): void {
  const queryClient = useQueryClient();
  useTopic(topics.task(id), {
    onMessage(event, payload) {
      if (event === 'progress') {
        const message = readProgressMessage(payload);
        if (message) queryClient.setQueryData<TaskView>(keys.detail(id), (task) => withProgress(task, message));
      }
      if (event === 'logs') {
        const message = readLogsMessage(payload);
        if (!message) return;
        if ('refetch' in message) logs.onMissed();
        else logs.onLines(message.lines);
      }
    },
    onJoined() {
      logs.onMissed();
      void queryClient.invalidateQueries({ queryKey: keys.detail(id) });
    },
  });
}

/** Progress of an older attempt, or after the end, says nothing about now. */
function withProgress(
  task: TaskView | undefined,
  message: { progress: TaskView['progress']; attempt: number },
): TaskView | undefined {
  if (!task || task.state !== 'running' || message.attempt < task.attempt) return task;
  return { ...task, progress: message.progress };
}
