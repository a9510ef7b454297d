import { FrameError, decodeBinary, decodeText, encodeBroadcast, encodePush, encodeReply } from './frames.ts';

/** A kind 3 frame as realtime-js 2.119 builds it. */
function kind3(fields: {
  joinRef?: string;
  ref?: string;
  topic?: string;
  event?: string;
  meta?: string;
  encoding?: number;
  payload?: string | Buffer;
}): Buffer {
  const {
    joinRef = '1',
    ref = '2',
    topic = 'realtime:room',
    event = 'move',
    meta = '',
    encoding = 1,
    payload = '{"x":1}',
  } = fields;
  const texts = [joinRef, ref, topic, event, meta].map((text) => Buffer.from(text));
  return Buffer.concat([
    Buffer.from([3, ...texts.map((text) => text.length), encoding]),
    ...texts,
    Buffer.from(payload),
  ]);
}

describe('decodeText', () => {
  test('reads a 2.0.0 array', () => {
    expect(decodeText('["1","2","realtime:room","phx_join",{"config":{}}]', '2.0.0')).toEqual({
      kind: 'control',
      joinRef: '1',
      ref: '2',
      topic: 'realtime:room',
      event: 'phx_join',
      payload: { config: {} },
    });
  });

  test('reads a 1.0.0 object', () => {
    expect(
      decodeText('{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"7","join_ref":null}', '1.0.0'),
    ).toEqual({
      kind: 'control',
      joinRef: null,
      ref: '7',
      topic: 'phoenix',
      event: 'heartbeat',
      payload: {},
    });
  });

  test('turns a text broadcast into payload bytes', () => {
    const frame = decodeText(
      '["1","2","realtime:room","broadcast",{"type":"broadcast","event":"move","payload":{"x":1}}]',
      '2.0.0',
    );
    expect(frame).toMatchObject({
      kind: 'broadcast',
      event: 'move',
      encoding: 'json',
      payload: Buffer.from('{"x":1}'),
    });
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '["1","2",3,"e",{}]',
    '["1","2","t","broadcast",null]',
    '["1","2","t","broadcast",{}]',
    '[[[[',
    '"x"',
  ])('refuses %p', (text) => {
    expect(() => decodeText(text, '2.0.0')).toThrow(FrameError);
  });
});

describe('decodeBinary', () => {
  test('reads a user broadcast', () => {
    expect(decodeBinary(kind3({}))).toEqual({
      kind: 'broadcast',
      joinRef: '1',
      ref: '2',
      topic: 'realtime:room',
      event: 'move',
      encoding: 'json',
      payload: Buffer.from('{"x":1}'),
    });
  });

  test('counts field lengths in bytes', () => {
    expect(decodeBinary(kind3({ topic: 'realtime:größe', event: '移動' }))).toMatchObject({
      topic: 'realtime:größe',
      event: '移動',
    });
  });

  test('skips the metadata', () => {
    expect(decodeBinary(kind3({ meta: '{"persist":true}' }))).toMatchObject({ payload: Buffer.from('{"x":1}') });
  });

  test('keeps bytes as they are', () => {
    const payload = Buffer.from([0, 255, 1]);
    expect(decodeBinary(kind3({ encoding: 0, payload }))).toMatchObject({ encoding: 'binary', payload });
  });

  test('refuses a JSON payload that is none, which would break the receivers', () => {
    expect(() => decodeBinary(kind3({ payload: '{"x":' }))).toThrow(FrameError);
  });

  test('refuses every truncation of its fields', () => {
    const frame = kind3({ meta: '{}', encoding: 0, payload: '' });
    for (let length = 0; length < frame.length; length += 1) {
      expect(() => decodeBinary(frame.subarray(0, length))).toThrow(FrameError);
    }
  });

  test('refuses other kinds', () => {
    const frame = kind3({});
    frame[0] = 0;
    expect(() => decodeBinary(frame)).toThrow(FrameError);
  });
});

describe('encoding', () => {
  const content = {
    topic: 'realtime:room',
    event: 'move',
    payload: Buffer.from('{"x":1}'),
    encoding: 'json' as const,
    meta: { id: 'a' },
  };

  test('a 2.0.0 broadcast is a kind 4 frame', () => {
    const frame = encodeBroadcast('2.0.0', content);
    expect(frame).toEqual(
      Buffer.concat([Buffer.from([4, 13, 4, 10, 1]), Buffer.from('realtime:roommove{"id":"a"}{"x":1}')]),
    );
  });

  test('a 1.0.0 broadcast is a JSON object', () => {
    expect(JSON.parse(String(encodeBroadcast('1.0.0', content)))).toEqual({
      topic: 'realtime:room',
      event: 'broadcast',
      ref: null,
      join_ref: null,
      payload: { type: 'broadcast', event: 'move', payload: { x: 1 }, meta: { id: 'a' } },
    });
  });

  test('an event too long for a length byte goes as text', () => {
    const event = 'e'.repeat(256);
    expect(JSON.parse(String(encodeBroadcast('2.0.0', { ...content, event })))).toEqual([
      null,
      null,
      'realtime:room',
      'broadcast',
      { type: 'broadcast', event, payload: { x: 1 }, meta: { id: 'a' } },
    ]);
  });

  test('bytes cannot be sent to a 1.0.0 client', () => {
    expect(encodeBroadcast('1.0.0', { ...content, encoding: 'binary' })).toBeNull();
  });

  test('replies have the shape of each version', () => {
    const address = { joinRef: '1', ref: '2', topic: 't' };
    expect(encodeReply('2.0.0', address, 'ok', {})).toBe('["1","2","t","phx_reply",{"status":"ok","response":{}}]');
    expect(JSON.parse(encodePush('1.0.0', { ...address, event: 'phx_close', payload: {} }))).toEqual({
      topic: 't',
      event: 'phx_close',
      payload: {},
      ref: '2',
      join_ref: '1',
    });
  });
});
