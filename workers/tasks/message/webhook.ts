import type { GuardedFetch } from '#lib/net/index';
import { PermanentError } from '#lib/tasks/define';
import type { TaskContext } from '#lib/tasks/define';
import { fetchForTask, mayPass } from '../http/fetch-for-task.ts';

/**
 * Posts `{ "text": message }`, which Slack, Mattermost, Rocket.Chat and Teams workflows understand.
 *
 * @throws PermanentError when the server refuses the message (4xx but 408, 425 and 429), or the URL may not be called.
 */
export async function postToWebhook(
  url: string,
  message: string,
  task: TaskContext,
  fetch: GuardedFetch = fetchForTask,
): Promise<{ deliveredTo: 'webhook'; host: string; status: number }> {
  const { host } = new URL(url);
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': task.idempotencyKey },
    body: JSON.stringify({ text: message }),
    // The message is delivered once the status is there, however long the answer.
    overflow: 'truncate',
    signal: task.signal,
  });
  // The path of a webhook is its password, so only the host is named.
  if (status >= 200 && status < 300) return { deliveredTo: 'webhook', host, status };
  if (mayPass(status)) throw new Error(`${host} answered ${status}: it could not take the message now.`);
  throw new PermanentError(
    `${host} answered ${status}: it does not take this message. Check the webhook's URL; redirects are not followed.`,
  );
}
