import { db } from '#lib/db/index';
import { log, metrics } from '#lib/observability/index';

export type Broadcast = { topic: string; event: string; payload: object };

/**
 * Sends messages to the pages by `realtime.send()`: at most once, never an error for the caller. The pages
 * refetch when they join again, so a lost message is a late one at worst.
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
    log.warn('A change could not be broadcast; the pages catch up by themselves', { error });
  }
}

/** By kind of topic: `task:<id>` counts as `task`. */
function count(messages: Broadcast[], result: 'sent' | 'dropped'): void {
  for (const { topic } of messages) metrics.realtimeEventsTotal.inc({ kind: topic.split(':', 1)[0] ?? topic, result });
}
