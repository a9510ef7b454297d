import { z } from 'zod';
import type { Actor } from '#lib/access/types';
import { defineTask, type Definition, PermanentError } from '#lib/tasks/define';
import { getTask } from '#lib/tasks/index';
import type { TaskState } from '#lib/tasks/state';
import type { TaskDetail } from '#lib/tasks/types';

export const testActor: Actor = {
  kind: 'key',
  id: '0198c0de-0000-7000-8000-000000000001',
  name: 'test',
  role: 'operator',
};

/** A task whose payload chooses what it does, so that every path can be driven. `runs` counts its bodies by task id. */
export function createProbe(): { definition: Definition; runs: Map<string, number>; release: () => void } {
  const runs = new Map<string, number>();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const definition = defineTask({
    name: 'probe',
    title: 'Probe',
    payload: z.object({
      do: z.enum([
        'return',
        'fail',
        'fail-permanently',
        'fail-once',
        'wait-for-abort',
        'ignore-abort',
        'wait-for-release',
        'talk',
        'circular',
        'nul',
      ]),
      value: z.unknown().optional(),
    }),
    retry: { attempts: 3, backoff: { type: 'fixed', delay: 10, jitter: false } },
    timeout: 1_500,
    async run(payload, task) {
      runs.set(task.id, (runs.get(task.id) ?? 0) + 1);
      switch (payload.do) {
        case 'return':
          return payload.value;
        case 'fail':
          throw new Error('it failed');
        case 'fail-permanently':
          throw new PermanentError('it will never work');
        case 'fail-once':
          if (task.attempt === 1) throw new Error('the first time it failed');
          return 'the second time it worked';
        case 'wait-for-abort':
          return new Promise((_, reject) =>
            task.signal.addEventListener('abort', () => reject(task.signal.reason), { once: true }),
          );
        case 'ignore-abort':
          return new Promise(() => undefined);
        case 'wait-for-release':
          return released;
        case 'talk':
          task.log.info('first', { n: 1 });
          task.progress({ done: 1, total: 2 });
          task.log.warn('second');
          return 'said';
        case 'circular': {
          const circle: Record<string, unknown> = {};
          circle['self'] = circle;
          return circle;
        }
        case 'nul':
          return { text: 'a\u0000b', half: '\ud800' };
      }
    },
  });
  return { definition, runs, release };
}

/** Waits until the task is in one of the states; asks every 20 ms. @throws Error after `ms` with the state it is in. */
export async function waitForState(id: string, states: TaskState[], ms = 10_000): Promise<TaskDetail> {
  return waitFor(
    `task ${id} to be ${states.join(' or ')}`,
    async () => {
      const task = await getTask(id);
      return task && states.includes(task.state) ? task : undefined;
    },
    ms,
  );
}

/** Asks every 20 ms until there is an answer. @throws Error after `ms`, saying what was waited for. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
