/** The wire formats of Supabase Realtime: vsn 1.0.0 (JSON objects) and 2.0.0 (JSON arrays and binary broadcasts). */
export type Version = '1.0.0' | '2.0.0';

/** How a broadcast's payload bytes are to be read. */
export type Encoding = 'json' | 'binary';

type Address = { joinRef: string | null; ref: string | null; topic: string };

/** What a client sent. A broadcast keeps its payload as bytes, so that it is passed on without being rebuilt. */
export type ClientFrame =
  | (Address & { kind: 'control'; event: string; payload: unknown })
  | (Address & { kind: 'broadcast'; event: string; payload: Buffer; encoding: Encoding });

/** A frame that is not of the protocol; the socket that sent it is closed. */
export class FrameError extends Error {
  override name = 'FrameError';
}

const KIND_USER_BROADCAST_PUSH = 3;
const KIND_USER_BROADCAST = 4;
const MAX_FIELD_BYTES = 255;

/**
 * Reads a text frame of either version.
 * @throws FrameError when it is not JSON or lacks a topic or event
 */
export function decodeText(text: string, version: Version): ClientFrame {
  const fields = version === '1.0.0' ? readObject(parseJson(text)) : readArray(parseJson(text));
  if (fields.event !== 'broadcast') return { kind: 'control', ...fields };
  const { event, payload } = asRecord(fields.payload);
  if (typeof event !== 'string') throw new FrameError('a broadcast needs an event');
  const { joinRef, ref, topic } = fields;
  return {
    kind: 'broadcast',
    joinRef,
    ref,
    topic,
    event,
    payload: Buffer.from(JSON.stringify(payload ?? {})),
    encoding: 'json',
  };
}

/**
 * Reads a binary frame of version 2.0.0, kind 3: seven length bytes, then joinRef, ref, topic, event, metadata, payload.
 * @throws FrameError for another kind, a short frame or a JSON payload that is none
 */
export function decodeBinary(frame: Buffer): ClientFrame {
  if (frame.length < 7 || frame[0] !== KIND_USER_BROADCAST_PUSH) throw new FrameError('unknown binary frame');
  let offset = 7;
  const [joinRef, ref, topic, event] = [1, 2, 3, 4].map((index) => {
    const end = offset + frame.readUInt8(index);
    if (end > frame.length) throw new FrameError('short binary frame');
    const text = frame.toString('utf8', offset, end);
    offset = end;
    return text;
  });
  offset += frame.readUInt8(5);
  if (offset > frame.length || !topic || !event) throw new FrameError('short binary frame');
  const encoding = frame[6] === 1 ? 'json' : 'binary';
  const payload = frame.subarray(offset);
  // Passed on unread, it would break the receiving client's decoder.
  if (encoding === 'json') parseJson(payload.toString());
  return { kind: 'broadcast', joinRef: joinRef || null, ref: ref || null, topic, event, payload, encoding };
}

/** A text frame from the server. */
export function encodePush(version: Version, frame: Address & { event: string; payload: unknown }): string {
  const { joinRef, ref, topic, event, payload } = frame;
  return version === '1.0.0'
    ? JSON.stringify({ topic, event, payload, ref, join_ref: joinRef })
    : JSON.stringify([joinRef, ref, topic, event, payload]);
}

/** The answer to the frame with this ref. */
export function encodeReply(version: Version, address: Address, status: 'ok' | 'error', response: unknown): string {
  return encodePush(version, { ...address, event: 'phx_reply', payload: { status, response } });
}

/** A broadcast on its way to clients. `topic` with `realtime:`; `meta` as the client receives it. */
export type BroadcastContent = {
  topic: string;
  event: string;
  payload: Buffer;
  encoding: Encoding;
  meta?: { id: string; replayed?: true };
};

/** The frame of a broadcast for one version, or null where that version cannot carry it (bytes on 1.0.0). */
export function encodeBroadcast(version: Version, content: BroadcastContent): string | Buffer | null {
  if (version === '2.0.0')
    return encodeKind4(content) ?? (content.encoding === 'json' ? encodeBroadcastText(version, content) : null);
  return content.encoding === 'json' ? encodeBroadcastText(version, content) : null;
}

/** The payload is JSON already and is embedded as it stands. */
function encodeBroadcastText(version: Version, { topic, event, payload, meta }: BroadcastContent): string {
  const inner = `{"type":"broadcast","event":${JSON.stringify(event)},"payload":${payload.toString()}${meta ? `,"meta":${JSON.stringify(meta)}` : ''}}`;
  return version === '1.0.0'
    ? `{"topic":${JSON.stringify(topic)},"event":"broadcast","payload":${inner},"ref":null,"join_ref":null}`
    : `[null,null,${JSON.stringify(topic)},"broadcast",${inner}]`;
}

/** Null when a field is too long for its length byte. */
function encodeKind4({ topic, event, payload, encoding, meta }: BroadcastContent): Buffer | null {
  const fields = [topic, event, meta ? JSON.stringify(meta) : ''].map((field) => Buffer.from(field));
  if (fields.some((field) => field.length > MAX_FIELD_BYTES)) return null;
  const head = [KIND_USER_BROADCAST, ...fields.map((field) => field.length), encoding === 'json' ? 1 : 0];
  return Buffer.concat([Buffer.from(head), ...fields, payload]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FrameError('not JSON');
  }
}

type Fields = Address & { event: string; payload: unknown };

function readArray(value: unknown): Fields {
  if (!Array.isArray(value) || value.length !== 5) throw new FrameError('not an array of five');
  const [joinRef, ref, topic, event, payload] = value as unknown[];
  return checkFields(joinRef, ref, topic, event, payload);
}

function readObject(value: unknown): Fields {
  const { join_ref: joinRef, ref, topic, event, payload } = asRecord(value);
  return checkFields(joinRef, ref, topic, event, payload);
}

function checkFields(joinRef: unknown, ref: unknown, topic: unknown, event: unknown, payload: unknown): Fields {
  if (typeof topic !== 'string' || typeof event !== 'string') throw new FrameError('topic and event must be strings');
  return { joinRef: asRef(joinRef), ref: asRef(ref), topic, event, payload };
}

/** Some older clients count in numbers. */
function asRef(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FrameError('not an object');
  return value as Record<string, unknown>;
}
