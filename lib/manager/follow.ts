import { log } from '#lib/observability/index';
import { isTerminal } from '#lib/tasks/state';
import type { TaskOutcome } from '#lib/tasks/index';
import type { TaskEvents } from './events.ts';
import { watchTask } from './watcher.ts';

export type Follower = {
  /** Turns what becomes of the task into events, up to its end. */
  follow(id: string): void;
  stop(): void;
};

/** Events come from Postgres, so they tell of tasks that run in any process; what passed between two looks is left out. */
export function createFollower(events: TaskEvents): Follower {
  const followed = new Map<string, () => void>();

  function unfollow(id: string): void {
    followed.get(id)?.();
    followed.delete(id);
  }

  function follow(id: string): void {
    if (!events.heard() || followed.has(id)) return;
    let last: TaskOutcome | undefined;
    try {
      const unwatch = watchTask(id, (task) => {
        if (task) tell(task, last);
        if (!task || isTerminal(task.state)) unfollow(id);
        last = task ?? undefined;
      });
      followed.set(id, unwatch);
    } catch (error) {
      // The task runs all the same.
      log.warn('No events are told of a task', { taskId: id, error });
    }
  }

  function tell(task: TaskOutcome, last: TaskOutcome | undefined): void {
    const event = { taskId: task.id, at: new Date(), task };
    if (task.state !== last?.state) events.emit({ ...event, type: task.state });
    else if (task.progress?.fraction !== last.progress?.fraction) events.emit({ ...event, type: 'progress' });
  }

  return {
    follow,
    stop: () => {
      for (const id of followed.keys()) unfollow(id);
    },
  };
}
