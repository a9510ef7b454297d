import type { TaskSummary } from '#lib/tasks/types';
import { request } from '../api/http.ts';
import { ApiError } from '../api/problem.ts';
import type { TaskPage } from '../api/types.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const shown = 6;

/** The newest tasks, or those that a text finds. A search that cannot be read finds nothing: its page says why. */
export async function findTasks(typed: string, signal: AbortSignal): Promise<TaskSummary[]> {
  const text = typed.trim();
  if (uuid.test(text)) return byId(text, signal);
  const query = new URLSearchParams({ limit: String(shown), ...(text && { q: text }) });
  return (await orNothing(request<TaskPage>(`/api/tasks?${query}`, { signal })))?.tasks ?? [];
}

async function byId(id: string, signal: AbortSignal): Promise<TaskSummary[]> {
  const task = await orNothing(request<TaskSummary>(`/api/tasks/${id}`, { signal }));
  return task ? [task] : [];
}

async function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 422)) return undefined;
    throw error;
  }
}
