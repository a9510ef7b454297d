import { db } from '#lib/db/index';
import { log, metrics } from '#lib/observability/index';
import { type ChangedMessage, topics } from './topics.ts';

export type Broadcast = { topic: string; event: string; payload: object };

const tellAgainMs = 5_000;
let owed: NodeJS.Timeout | undefined;

/**
 * Sends messages to the pages by `realtime.send()`: at most once, never an error for the caller. When they could not be sent, the
 * pages are told to refetch as soon as they can be told anything, so a lost message is a late one at worst.
 */
export async function broadcast(messages: Broadcast[]): Promise<void> {
  try {
    await db()`
      select realtime.send(payload::jsonb, event, topic, true)
      from unnest(
        ${messages.map(({ payload }) => JSON.stringify(payload))}::text[],
        ${messages.map(({ event }) => event)}::text[],
        ${messages.map(({ topic }) => topic)}::text[]) as m (payload, event, topic)`;
    count(messages, 'sent');
  } catch (error) {
    count(messages, 'dropped');
    log.warn('A change could not be broadcast; the pages are told to catch up as soon as that is possible', { error });
    owed ??= setTimeout(() => {
      owed = undefined;
      void publishMissed();
    }, tellAgainMs).unref();
  }
}

/** Tells the pages that changes may not have been told, and goes on until that has arrived. Never rejects. */
export async function publishMissed(): Promise<void> {
  const payload: ChangedMessage = { refetch: true };
  await broadcast([{ topic: topics.tasks, event: 'missed', payload }]);
}

/** By kind of topic: `task:<id>` counts as `task`. */
function count(messages: Broadcast[], result: 'sent' | 'dropped'): void {
  for (const { topic } of messages) metrics.realtimeEventsTotal.inc({ kind: topic.split(':', 1)[0] ?? topic, result });
}
