import type { DefinitionInfo, TaskDetail } from '#lib/tasks/types';
import type { SubmitInput } from '../api/types.ts';

export type LikeDefaults = Pick<
  DefinitionInfo,
  'queue' | 'priority' | 'retry' | 'timeoutMs' | 'mode' | 'concurrencyLimit'
>;

type Like = Pick<
  TaskDetail,
  | 'definition'
  | 'payload'
  | 'queue'
  | 'priority'
  | 'maxAttempts'
  | 'retry'
  | 'timeoutMs'
  | 'concurrencyKey'
  | 'concurrencyLimit'
  | 'tags'
  | 'metadata'
  | 'correlationId'
>;

/**
 * The request that makes another task like this one: what differs from its definition is said. What is of its moment is left out: its start,
 * the tasks it waited for, and the keys by which the new one would be taken for the old.
 *
 * @param defaults null when the definition is gone: then everything is said.
 */
export function submitLike(task: Like, defaults: LikeDefaults | null): SubmitInput {
  const { backoff } = task.retry;
  return {
    definition: task.definition,
    payload: task.payload,
    ...(task.queue !== defaults?.queue && { queue: task.queue }),
    ...(task.priority !== (defaults?.priority ?? 0) && { priority: task.priority }),
    ...(task.maxAttempts !== defaults?.retry.attempts && { attempts: task.maxAttempts }),
    ...(backoff.type !== 'custom' &&
      JSON.stringify(inOrder(backoff)) !== JSON.stringify(defaults && inOrder(defaults.retry.backoff)) && {
        backoff: { type: backoff.type, delay: backoff.delay, max: backoff.max, jitter: backoff.jitter },
      }),
    ...(task.timeoutMs !== defaults?.timeoutMs && { timeoutMs: task.timeoutMs }),
    ...concurrencyOf(task, defaults),
    ...(task.tags.length > 0 && { tags: task.tags }),
    ...(task.metadata && { metadata: task.metadata as SubmitInput['metadata'] }),
    ...(task.correlationId && { correlationId: task.correlationId }),
  };
}

const inOrder = ({ type, delay, max, jitter }: TaskDetail['retry']['backoff']) => ({ type, delay, max, jitter });

/** A definition's own mode or limit shows in the task as a key of its own, which a submit may not name. */
function concurrencyOf(
  { definition, concurrencyKey, concurrencyLimit }: Like,
  defaults: LikeDefaults | null,
): Pick<SubmitInput, 'mode' | 'concurrency'> {
  if (concurrencyKey?.startsWith('sync:')) return defaults?.mode === 'sync' ? {} : { mode: 'sync' };
  const mode = defaults?.mode === 'sync' ? { mode: 'async' as const } : {};
  if (concurrencyKey === null) return mode;
  const usual = defaults && defaults.mode === 'async' ? defaults.concurrencyLimit : null;
  if (concurrencyKey === definition && concurrencyLimit === usual) return mode;
  return {
    ...mode,
    concurrency: { key: concurrencyKey, ...(concurrencyLimit !== null && { limit: concurrencyLimit }) },
  };
}
