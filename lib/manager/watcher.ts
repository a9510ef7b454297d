import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import { onTasksPublished } from '#lib/realtime/index';
import { readOutcomes, type TaskOutcome } from '#lib/tasks/index';

/** Told of each state of the task that is seen; null when there is no such task, and then nothing more. */
type Listener = (task: TaskOutcome | null) => void;

/** Milliseconds between two polls: short after news, longer while there are none. */
type Pace = { shortestMs: number; longestMs: number };

/** Tasks that one watcher watches at once: what a poll asks for stays one short statement. */
const maxWatched = 10_000;

/**
 * Makes a function that tells a listener how a task is, now and at each change that a poll sees, until the function that it
 * answers is called. A state between two polls may pass unseen; an end does not, since nothing follows it but a retry.
 *
 * All that is watched is asked for by one statement: no connection, trigger or NOTIFY a task, and nothing to be missed.
 */
export function createWatcher({ shortestMs, longestMs }: Pace = { shortestMs: 50, longestMs: 500 }) {
  /** For each watched task its listeners, each with the version that it was told of last. */
  const watched = new Map<string, Map<Listener, number>>();
  let timer: NodeJS.Timeout | undefined;
  let polling = false;
  /** News came while a poll was on its way. */
  let again = false;
  let pauseMs = shortestMs;
  let tookMs = 0;

  // What this process does is known at once; what others do is found by the next poll.
  onTasksPublished((tasks) => {
    if (watched.size > 0 && tasks.some(({ id }) => watched.has(id))) pollSoon();
  });

  /** Polls have at most a fifth of the time. */
  const soonMs = () => Math.min(tookMs * 4, pauseMs);

  function pollSoon(): void {
    again ||= polling;
    if (!polling) pollIn(soonMs());
  }

  function pollIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void poll(), ms);
  }

  async function poll(): Promise<void> {
    polling = true;
    again = false;
    const started = performance.now();
    const ids = [...watched.keys()];
    try {
      const tasks = new Map((await readOutcomes(ids)).map((task) => [task.id, task]));
      const news = ids.map((id) => tell(id, tasks.get(id) ?? null));
      pauseMs = news.includes(true) ? shortestMs : Math.min(pauseMs * 2, longestMs);
    } catch (error) {
      pauseMs = longestMs;
      log.warn('The watched tasks could not be read; the next poll tries again', { error });
    } finally {
      polling = false;
      tookMs = performance.now() - started;
      if (watched.size > 0) pollIn(again ? soonMs() : pauseMs);
    }
  }

  /** True when some listener did not know this yet. */
  function tell(id: string, task: TaskOutcome | null): boolean {
    const listeners = watched.get(id) ?? new Map<Listener, number>();
    let news = false;
    for (const [listener, version] of listeners) {
      if (task && task.version <= version) continue;
      news = true;
      listeners.set(listener, task?.version ?? 0);
      listener(task);
    }
    if (!task) watched.delete(id);
    return news;
  }

  /** @throws TaskdeckError rate_limited when `maxWatched` tasks are watched already. */
  return function watch(id: string, listener: Listener): () => void {
    const listeners = watched.get(id) ?? new Map<Listener, number>();
    if (listeners.size === 0 && watched.size >= maxWatched)
      throw new TaskdeckError('rate_limited', `This process watches ${maxWatched} tasks already.`, {
        hint: 'Wait until some have ended, or ask for the state of the task by itself.',
        retryAfterSeconds: 1,
      });
    watched.set(id, listeners.set(listener, 0));
    pauseMs = shortestMs;
    pollSoon();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && watched.get(id) === listeners) watched.delete(id);
      // Nothing keeps a program alive that waits for nothing.
      if (watched.size === 0) clearTimeout(timer);
    };
  };
}

/** The process's watcher. */
export const watchTask = createWatcher();
