import request from 'supertest';
import { expect, test } from '@playwright/test';
import { environment } from './support/environment.ts';

/** The API of the running production build, as a program uses it. */
const server = request(environment.TASKDECK_URL);
const key = { authorization: `Bearer ${environment.TASKDECK_API_KEY}` };
const message = { definition: 'sendMessage', payload: { message: 'by the API' } };

test('a task is accepted with its id and state, and can be read', async () => {
  const accepted = await server.post('/api/tasks').set(key).send(message).expect(202);
  expect(accepted.body).toEqual({ id: expect.any(String), state: 'pending', duplicate: false });
  expect(accepted.headers['location']).toContain(accepted.body.id);
  const task = await server.get(`/api/tasks/${accepted.body.id}`).set(key).expect(200);
  expect(task.body).toMatchObject({ id: accepted.body.id, definition: 'sendMessage', payload: message.payload });
});

test('a repeated request with an idempotency key is the same task; another body is refused', async () => {
  const headers = { ...key, 'idempotency-key': `e2e-${Date.now()}` };
  const first = await server.post('/api/tasks').set(headers).send(message).expect(202);
  const second = await server.post('/api/tasks').set(headers).send(message).expect(200);
  expect(second.body).toMatchObject({ id: first.body.id, duplicate: true });
  await server
    .post('/api/tasks')
    .set(headers)
    .send({ ...message, priority: 1 })
    .expect(409);
});

test('a wrong payload is refused with a pointer to each field', async () => {
  const refused = await server
    .post('/api/tasks')
    .set(key)
    .send({ definition: 'sendMessage', payload: { message: '', to: 'nowhere' } })
    .expect(422);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/payload/message');
});

for (const [what, body, status] of [
  ['an unknown task type', { definition: 'nobody', payload: {} }, 404],
  ['an unknown queue', { ...message, queue: 'nowhere' }, 422],
  ['an unknown field', { ...message, colour: 'red' }, 422],
] as const) {
  test(`${what} is answered ${status} as a problem`, async () => {
    const refused = await server.post('/api/tasks').set(key).send(body).expect(status);
    expect(refused.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });
}

for (const [what, body, statuses] of [
  ['broken JSON', '{"definition":', [400]],
  ['a NUL byte', '{"definition":"sendMessage","payload":{"message":"a\\u0000b"}}', [400, 422]],
  ['a prototype key', '{"definition":"sendMessage","payload":{"__proto__":{"admin":true},"message":"x"}}', [400, 422]],
  [
    'more than 256 KB',
    JSON.stringify({ definition: 'sendMessage', payload: { message: 'x'.repeat(256 * 1024) } }),
    [413],
  ],
] as const) {
  test(`${what} is refused`, async () => {
    const refused = await server.post('/api/tasks').set(key).set('content-type', 'application/json').send(body);
    expect(statuses).toContain(refused.status);
    expect(refused.text).not.toMatch(/\bat .*\.(js|ts):\d+/);
  });
}

test('nothing is answered without a key or with a wrong one', async () => {
  for (const path of ['/api/tasks', '/api/definitions', '/api/overview', '/api/metrics', '/api/realtime/token']) {
    await server.get(path).expect(401);
    await server.get(path).set('authorization', 'Bearer tdk_wrong').expect(401);
  }
});

test('health tells each part, without a sign-in and without secrets', async () => {
  const health = await server.get('/api/health').expect(200);
  expect(JSON.stringify(health.body)).toMatch(/database/);
  expect(JSON.stringify(health.body)).not.toMatch(/postgres:\/\/|redis:\/\/|sb_/);
});

test('metrics are there for the scraper with the token', async () => {
  const metrics = await server
    .get('/api/metrics')
    .set('authorization', `Bearer ${environment.TASKDECK_METRICS_TOKEN}`)
    .expect(200);
  expect(metrics.text).toContain('taskdeck_tasks_enqueued_total');
});

test('a file of 10 MB is taken and one byte more is not', async () => {
  const text = (size: number) => Buffer.from(`a,b\n${'1,2\n'.repeat(Math.ceil(size / 4))}`).subarray(0, size);
  const tenMegabytes = 10 * 1024 * 1024;
  const taken = await server
    .post('/api/files')
    .set(key)
    .attach('file', text(tenMegabytes), { filename: 'big.csv', contentType: 'text/csv' })
    .expect(201);
  expect(taken.body).toMatchObject({ name: 'big.csv', size: tenMegabytes });
  await server
    .post('/api/files')
    .set(key)
    .attach('file', text(tenMegabytes + 1), { filename: 'big.csv', contentType: 'text/csv' })
    .expect(413);
});
