import { setTimeout as pause } from 'node:timers/promises';
import type { TaskState } from '#lib/tasks/state';
import type { TaskDetail } from '#lib/tasks/types';
import { environment } from './environment.ts';

/** A request with the API key; `path` begins with /api. */
export function api(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, environment.TASKDECK_URL), {
    ...init,
    headers: { authorization: `Bearer ${environment.TASKDECK_API_KEY}`, ...init.headers },
  });
}

/** Submits a task by the API and answers its id. */
export async function submit(definition: string, payload: unknown, options: object = {}): Promise<string> {
  const response = await api('/api/tasks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ definition, payload, ...options }),
  });
  if (response.status !== 202) throw new Error(`submit answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

export async function getTask(id: string): Promise<TaskDetail> {
  return (await (await api(`/api/tasks/${id}`)).json()) as TaskDetail;
}

/** Asks five times a second until the task is in one of the states. @throws Error after `ms` */
export async function waitForState(id: string, states: TaskState[], ms = 20_000): Promise<TaskDetail> {
  for (const end = Date.now() + ms; ; await pause(200)) {
    const task = await getTask(id);
    if (states.includes(task.state)) return task;
    if (Date.now() > end) throw new Error(`task ${id} is ${task.state}, not ${states.join(' or ')}, after ${ms} ms`);
  }
}
