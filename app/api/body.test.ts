import { maxBodyBytes, readForm, readJson } from './body.ts';

const jsonOf = (bytes: number): string => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

function post(
  body: BodyInit | null,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Request {
  return new Request('http://deck.test/api/tasks', {
    method: 'POST',
    body,
    headers,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit);
}

/** A body of `chunks` pieces without a Content-Length, and how many of them were taken. */
function stream(chunk: Uint8Array, chunks: number): { body: ReadableStream; taken: () => number } {
  let taken = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        if (taken === chunks) return controller.close();
        taken += 1;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => taken };
}

test('takes 256 KB and refuses a byte more', async () => {
  expect(await readJson(post(jsonOf(maxBodyBytes)))).toHaveProperty('text');
  await expect(readJson(post(jsonOf(maxBodyBytes + 1)))).rejects.toMatchObject({
    code: 'too_large',
    message: 'The body is larger than 256 KB.',
  });
});

test('counts bytes, not characters', async () => {
  await expect(readJson(post(JSON.stringify('é'.repeat(maxBodyBytes / 2))))).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('a body that says nothing of its length is cut where the limit is', async () => {
  const endless = stream(new Uint8Array(64 * 1024).fill(32), Infinity);
  await expect(readJson(post(endless.body))).rejects.toMatchObject({ code: 'too_large' });
  expect(endless.taken()).toBeLessThanOrEqual(6);
});

test('does not believe a Content-Length that is too small', async () => {
  await expect(
    readJson(post(jsonOf(maxBodyBytes + 1), { 'content-type': 'application/json', 'content-length': '10' })),
  ).rejects.toMatchObject({ code: 'too_large' });
});

test('a body in pieces is put together, also within a character', async () => {
  const bytes = new TextEncoder().encode('{"a":"é🎉"}');
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await readJson(post(body))).toEqual({ a: 'é🎉' });
});

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
  'takes %s',
  async (type) => {
    expect(await readJson(post('{}', { 'content-type': type }))).toEqual({});
  },
);

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'application/jsonx',
  'text/plain, application/json',
])('refuses %s', async (type) => {
  await expect(readJson(post('{}', { 'content-type': type }))).rejects.toMatchObject({
    code: 'unsupported_media_type',
  });
});

test('refuses a body without a type, and a compressed one', async () => {
  await expect(readJson(post(new Uint8Array([123, 125]), {}))).rejects.toMatchObject({
    code: 'unsupported_media_type',
  });
  await expect(
    readJson(post('{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' })),
  ).rejects.toMatchObject({ code: 'unsupported_media_type' });
});

test.each([[new Uint8Array([0x22, 0xff, 0x22])], [new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])], ['{"a":'], ['']])(
  'refuses what is not JSON: %j',
  async (body) => {
    await expect(readJson(post(body))).rejects.toMatchObject({ code: 'malformed' });
  },
);

test('no body at all is malformed, not an error of ours', async () => {
  await expect(readJson(post(null))).rejects.toMatchObject({ code: 'malformed' });
});

test('a form is read up to its limit', async () => {
  const form = new FormData();
  form.set('file', new File(['x'.repeat(1_000)], 'a.txt', { type: 'text/plain' }));
  const request = () => new Request('http://deck.test/api/files', { method: 'POST', body: form });
  expect((await readForm(request(), 4_096)).get('file')).toBeInstanceOf(File);
  await expect(readForm(request(), 1_000)).rejects.toMatchObject({ code: 'too_large' });
});

test('a broken form is malformed', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  await expect(readForm(post('--y\r\nnothing', headers), 4_096)).rejects.toMatchObject({ code: 'malformed' });
  await expect(readForm(post('{}'), 4_096)).rejects.toMatchObject({ code: 'unsupported_media_type' });
});
