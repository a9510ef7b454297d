import type postgres from 'postgres';

import { Broadcast } from './hub.ts';
import { TOPIC_PREFIX } from './topic.ts';

/** What a join asks to be repeated: messages since `since` (epoch milliseconds), the newest `limit` of them. */
export type ReplayRequest = { since: number; limit: number };

type StoredMessage = { id: string; event: string; payload: string };

/** Stored database broadcasts of a private topic, oldest first. The caller has checked the permission to read. */
export async function readReplay(
  sql: postgres.Sql,
  topic: string,
  { since, limit }: ReplayRequest,
): Promise<Broadcast[]> {
  const rows = await sql<StoredMessage[]>`
    select id, event, payload::text as payload from realtime.messages
    where topic = ${topic} and private is true and extension = 'broadcast' and event is not null and payload is not null
      and inserted_at >= to_timestamp(${since}::double precision / 1000) at time zone 'utc'
      and inserted_at < (now() at time zone 'utc') + interval '1 minute'
    order by inserted_at desc, id desc
    limit ${limit}`;
  return rows.reverse().map(
    ({ id, event, payload }) =>
      new Broadcast({
        topic: TOPIC_PREFIX + topic,
        event,
        payload: Buffer.from(payload),
        encoding: 'json',
        meta: { id, replayed: true },
      }),
  );
}
