import { type Actor, systemActor } from '#lib/access/types';
import { purgeCompleted } from '#lib/bulk/index';
import { TaskdeckError } from '#lib/errors';
import { type Definition, type DefinitionOptions, defineTask, type TaskContext } from '#lib/tasks/define';
import {
  cancelTask,
  getTask,
  listTasks,
  pauseTask,
  redriveTask,
  resumeTask,
  retryTask,
  submit,
  type SubmitInput,
  submitMany,
} from '#lib/tasks/index';
import type { z } from 'zod';
import { cancelTasks } from './cancel-tasks.ts';
import { createTaskEvents } from './events.ts';
import { createFollower } from './follow.ts';
import { waitForTask } from './wait.ts';
import { createWorkerSet, type StartWorker } from './worker-set.ts';

type Options<Context extends object> = {
  /** Who acts, as the audit log and the tasks say. @default Taskdeck itself */
  actor?: Actor;
  /** What handlers of this program are given beside their task. */
  context?: Context;
  /** What runs handlers in this program; without it the program only submits and watches. */
  startWorker?: StartWorker;
  /** Events that `history` keeps. @default 1000 */
  historySize?: number;
};

/** A task to schedule: as a submit over HTTP says it, or with the definition itself in the place of its name. */
export type ScheduleOptions = Omit<SubmitInput, 'definition' | 'payload'> & { idempotencyKey?: string };
type Scheduled = Omit<SubmitInput, 'definition'> & { definition: Named };
type Named = string | Pick<Definition, 'name'>;

type Emit = (name: Named, payload?: unknown, options?: ScheduleOptions) => Promise<{ id: string }>;

/** A handler that is also given the manager's context. */
export type HandlerOptions<Payload extends z.ZodType, Context> = Omit<DefinitionOptions<Payload>, 'run' | 'title'> & {
  /** @default the name */
  title?: string;
  run(payload: z.output<Payload>, task: TaskContext, context: Context): Promise<unknown>;
};

const nameOf = (named: Named): string => (typeof named === 'string' ? named : named.name);

/**
 * The verbs of Taskdeck for a program that reaches its database: a script, a server. Each does what its route does, and
 * throws the same TaskdeckErrors. docs/typescript-api.md has examples.
 */
export function createTaskManager<Context extends object = object>(options: Options<Context> = {}) {
  const { actor = systemActor, startWorker, historySize = 1_000 } = options;
  const definitions = new Map<string, Definition>();
  const workers = createWorkerSet(startWorker, definitions);
  const events = createTaskEvents(historySize);
  const follower = createFollower(events);

  /** Tells of the task's events from now on, as far as somebody listens. */
  const followed = <T extends { id: string }>(task: T): T => {
    follower.follow(task.id);
    return task;
  };

  const emit: Emit = async (name, payload = {}, { idempotencyKey, ...rest } = {}) => {
    const input = { ...rest, definition: nameOf(name), payload };
    const { id } = followed(await submit(actor, input, { idempotencyKey }));
    return { id };
  };

  const context = { ...(options.context as Context), emit };

  return {
    /** Submits a task and answers its id. */
    schedule: async (...task: Parameters<Emit>): Promise<string> => (await emit(...task)).id,

    /** Submits up to 1,000 tasks, all of them or none, and answers their ids in order. */
    scheduleBatch: async (tasks: Scheduled[]): Promise<string[]> => {
      const inputs = tasks.map((task) => ({ ...task, definition: nameOf(task.definition) }));
      return (await submitMany(actor, inputs)).map((task) => followed(task).id);
    },

    /** Submits a task, as `context.emit` of a handler does. */
    emit,

    cancel: (id: string) => cancelTask(actor, id),
    /** Cancels those of the tasks that have not ended, and answers their ids. */
    cancelBatch: (ids: string[]): Promise<string[]> => cancelTasks(actor, ids),
    pause: (id: string) => pauseTask(actor, id),
    resume: (id: string) => resumeTask(actor, id),
    retry: async (id: string) => followed(await retryTask(actor, id)),
    redrive: async (id: string, change?: { payload?: unknown; again?: boolean }) =>
      followed(await redriveTask(actor, id, change)),

    /** Null when there is none. */
    getTask,
    listTasks,
    /** Deletes completed tasks that ended longer ago, in the background; the answer is the bulk operation that does it. */
    purgeCompleted: (olderThanMs = 0) => purgeCompleted(actor, { olderThanMs }),

    /** Waits until the task has ended, in whichever process, and answers it with its result or error. */
    waitFor: waitForTask,

    /** Listens to the tasks that this manager submits from now on, in whichever process they run. */
    on: events.on,
    off: events.off,
    history: events.history,

    /**
     * Gives this program's workers a handler: a definition, or its options with a `run` that also takes the context.
     * @throws TaskdeckError conflict when the name is taken or workers run already.
     */
    registerHandler<Payload extends z.ZodType>(handler: Definition | HandlerOptions<Payload, typeof context>): void {
      const definition = 'timeoutMs' in handler ? handler : withContext(handler, context);
      if (workers.size() > 0)
        throw new TaskdeckError('conflict', 'Workers run already: a handler is registered before they start.');
      if (definitions.has(definition.name))
        throw new TaskdeckError('conflict', `There is a handler for "${definition.name}" already.`);
      definitions.set(definition.name, definition);
    },

    /** What handlers are given: the context and `emit`. */
    getContext: () => context,

    /** Starts workers in this process, each with the slots that the queues' settings say. */
    startWorkers: (count = 1) => workers.scale((now) => now + count),
    scaleWorkers: (count: number) => workers.scale(count),
    /** Waits for running tasks up to the grace, and gives the rest back. */
    stopWorkers: () => workers.scale(0),

    /** Starts a worker when there are handlers for one. */
    start: async (): Promise<void> => {
      if (definitions.size > 0) await workers.scale((now) => Math.max(now, 1));
    },

    /** Stops workers and events. The database and the queue stay open: they are the program's. */
    stop: async (): Promise<void> => {
      await workers.scale(0);
      follower.stop();
    },
  };
}

export type TaskManager<Context extends object = object> = ReturnType<typeof createTaskManager<Context>>;

function withContext<Payload extends z.ZodType, Context>(
  handler: HandlerOptions<Payload, Context>,
  context: Context,
): Definition {
  return defineTask({
    ...handler,
    title: handler.title ?? handler.name,
    run: (payload, task) => handler.run(payload, task, context),
  });
}
