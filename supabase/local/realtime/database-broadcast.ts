import type { BroadcastContent } from './frames.ts';
import type { InsertedRow } from './pgoutput.ts';
import { TOPIC_PREFIX } from './topic.ts';

/**
 * The broadcast that a replicated row of realtime.messages stands for, or null if it stands for none: another table, a
 * probe, or a row without payload. Rows arrive under the name of their day's partition.
 */
export function toBroadcast({
  schema,
  table,
  values,
}: InsertedRow): { content: BroadcastContent; isPrivate: boolean } | null {
  if (schema !== 'realtime' || !table.startsWith('messages_') || values.extension !== 'broadcast') return null;
  const { id, topic, event } = values;
  const payload = readPayload(values);
  if (!id || !topic || !event || !payload) return null;
  return {
    content: { topic: TOPIC_PREFIX + topic, event, ...payload, meta: { id } },
    isPrivate: values.private === 't',
  };
}

function readPayload(values: InsertedRow['values']): Pick<BroadcastContent, 'payload' | 'encoding'> | null {
  if (values.payload) return { payload: Buffer.from(values.payload), encoding: 'json' };
  // bytea as text: \x and hexadecimal digits.
  if (values.binary_payload) return { payload: Buffer.from(values.binary_payload.slice(2), 'hex'), encoding: 'binary' };
  return null;
}
