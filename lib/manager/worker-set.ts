import { TaskdeckError } from '#lib/errors';
import type { Definition } from '#lib/tasks/define';

/** Starts a worker in this process; `startWorker` of workers/worker.ts is one. */
export type StartWorker = (definitions: Map<string, Definition>) => Promise<{ stop(): Promise<void> }>;

type WorkerSet = {
  /**
   * Makes it so many workers; those that are too many give back what they do not finish in time.
   * @param count a number, or what to make of the number that there are.
   */
  scale(count: number | ((now: number) => number)): Promise<void>;
  size(): number;
};

/** The workers of one program. */
export function createWorkerSet(startWorker: StartWorker | undefined, definitions: Map<string, Definition>): WorkerSet {
  const workers: { stop(): Promise<void> }[] = [];
  let changing: Promise<void> = Promise.resolve();

  async function change(count: number): Promise<void> {
    if (!Number.isInteger(count) || count < 0)
      throw new TaskdeckError('invalid', `There cannot be ${count} workers.`, {
        fields: [{ pointer: '/count', message: 'must be a whole number from 0' }],
      });
    while (workers.length < count) workers.push(await startOne());
    await Promise.all(workers.splice(count).map((worker) => worker.stop()));
  }

  function startOne() {
    if (startWorker) return startWorker(definitions);
    throw new TaskdeckError('conflict', 'This manager has no workers of its own.', {
      hint: "Make it by createTaskManager({ startWorker }), with startWorker from '#workers/worker'.",
    });
  }

  return {
    size: () => workers.length,
    // One after the other: two that count at the same time would both start what is missing.
    scale: (count) => {
      const changed = changing.then(() => change(typeof count === 'number' ? count : count(workers.length)));
      changing = changed.catch(() => undefined);
      return changed;
    },
  };
}
