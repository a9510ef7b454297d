import { z } from 'zod';
import { stepBulk } from '#lib/bulk/index';
import { closeEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { insertTask } from '../../lib/tasks/testing/insert.ts';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { GET as audit } from './audit/route.ts';
import { POST as cancelBulk } from './bulk/[id]/cancel/route.ts';
import { GET as oneBulk } from './bulk/[id]/route.ts';
import { POST as preview } from './bulk/preview/route.ts';
import { GET as listBulk, POST as bulk } from './bulk/route.ts';
import { GET as deadLetters } from './dead-letters/route.ts';
import { POST as activate } from './definitions/[name]/activate/route.ts';
import { POST as deactivate } from './definitions/[name]/deactivate/route.ts';
import type { DeclaredHandler } from './handle.ts';
import { POST as archive } from './tasks/[id]/archive/route.ts';
import { GET as taskAudit } from './tasks/[id]/audit/route.ts';
import { POST as dismiss } from './tasks/[id]/dismiss/route.ts';
import { POST as pause } from './tasks/[id]/pause/route.ts';
import { POST as redrive } from './tasks/[id]/redrive/route.ts';
import { POST as resume } from './tasks/[id]/resume/route.ts';
import { GET as revisions } from './tasks/[id]/revisions/route.ts';
import { GET as detail } from './tasks/[id]/route.ts';
import { POST as unarchive } from './tasks/[id]/unarchive/route.ts';
import { POST as undismiss } from './tasks/[id]/undismiss/route.ts';
import { POST as purge } from './tasks/purge/route.ts';
import { GET as list, POST as submit } from './tasks/route.ts';
import { call, person, program, read } from './testing.ts';
import type { Caller } from './testing.ts';

const unknownId = '0193e8a0-0000-7000-8000-000000000000';
const fingerprint = '00000000000000aa';
let database: TestDatabase;
let operator: Caller;
let admin: Caller;

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  operator = await program('operator');
  admin = await program('admin');
  await publishDefinitions([
    defineTask({
      name: 'say',
      title: 'Say',
      payload: z.strictObject({ message: z.string().min(1).max(10) }),
      run: async () => undefined,
    }),
  ]);
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const post = (handler: DeclaredHandler, params: Record<string, string> = {}, json?: unknown, caller = operator) =>
  read(call(handler, '/api/x', { method: 'POST', caller, params, ...(json !== undefined && { json }) }));
const get = (handler: DeclaredHandler, query = '', params: Record<string, string> = {}, caller = operator) =>
  read(call(handler, `/api/x${query}`, { caller, params }));
const failed = () =>
  insertTask({
    state: 'failed',
    definition: 'say',
    payload: { message: 'old' },
    error: { name: 'Error', message: 'boom' },
    error_fingerprint: fingerprint,
  });

describe('one task', () => {
  test('is paused and resumed, and each only when it can be', async () => {
    const id = await insertTask({ state: 'scheduled' });
    expect(await post(resume, { id })).toMatchObject({ status: 409, body: { hint: expect.any(String) } });
    expect(await post(pause, { id })).toMatchObject({ status: 202, body: { id, state: 'paused' } });
    expect(await get(detail, '', { id })).toMatchObject({ body: { state: 'paused', pausedFrom: 'scheduled' } });
    expect(await post(pause, { id })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await post(resume, { id })).toMatchObject({ status: 202, body: { state: 'scheduled' } });
  });

  test('is redriven with another payload, and the old one is kept', async () => {
    const id = await failed();
    expect(await post(redrive, { id }, { payload: { message: 'too long for it' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/payload/message' }] },
    });
    expect(await post(redrive, { id }, { payload: { message: 'new' } })).toMatchObject({
      status: 202,
      body: { id, state: 'pending' },
    });
    expect((await get(revisions, '', { id })).body).toMatchObject({
      revisions: [{ revision: 1, payload: { message: 'old' }, replacedByName: 'test operator' }],
    });
    expect((await get(detail, '', { id })).body).toMatchObject({ payload: { message: 'new' }, revisions: 1 });
  });

  test('that has completed is sent again only if told so', async () => {
    const id = await insertTask({ state: 'completed' });
    expect(await post(redrive, { id }, {})).toMatchObject({ status: 409 });
    expect(await post(redrive, { id }, { again: true })).toMatchObject({ status: 202, body: { state: 'pending' } });
  });

  test('is archived, listed only when asked for, and put back', async () => {
    const id = await insertTask({ state: 'completed', queue: 'shelf' });
    expect(await post(archive, { id })).toMatchObject({ status: 202, body: { state: 'completed' } });
    expect((await get(list, '?queue=shelf')).body.tasks).toEqual([]);
    expect((await get(list, '?queue=shelf&includeArchived=true')).body.tasks).toMatchObject([{ id }]);
    expect(await post(unarchive, { id })).toMatchObject({ status: 202 });
    expect((await get(list, '?queue=shelf')).body.tasks).toMatchObject([{ id }]);
  });

  test('tells everybody what was done to it, and by whom', async () => {
    const id = await insertTask({ state: 'scheduled' });
    await post(pause, { id }, undefined, await person(database, 'operator'));
    await post(resume, { id });
    const { status, body } = await get(taskAudit, '', { id }, await program('viewer'));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        entries: [
          { action: 'task.resume', name: 'test operator' },
          { action: 'task.pause', name: expect.stringMatching(/^operator-.*@example\.com$/) },
        ],
        nextCursor: null,
      },
    });
    expect(await get(audit, `?subject=task:${id}&limit=1`, {}, admin)).toMatchObject({
      status: 200,
      body: { entries: [{ action: 'task.resume' }], nextCursor: expect.any(String) },
    });
  });

  test.each<[string, DeclaredHandler, unknown]>([
    ['pause', pause, undefined],
    ['resume', resume, undefined],
    ['archive', archive, undefined],
    ['unarchive', unarchive, undefined],
    ['redrive', redrive, {}],
    ['dismiss', dismiss, {}],
    ['undismiss', undismiss, undefined],
  ])('that is not there cannot be told to %s', async (_, handler, json) => {
    expect(await post(handler, { id: unknownId }, json)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await post(handler, { id: 'x' }, json)).toMatchObject({ status: 404 });
  });

  test('that is not there has no revisions', async () => {
    expect(await get(revisions, '', { id: unknownId })).toMatchObject({ status: 404 });
  });
});

describe('dead letters', () => {
  beforeEach(() => database.sql`delete from tasks`);

  test('stand in groups until they are dismissed, one or all', async () => {
    const id = await failed();
    await failed();
    expect((await get(deadLetters)).body).toMatchObject({
      groups: [{ fingerprint, count: 2, definitions: ['say'], sampleMessage: 'boom' }],
      nextCursor: null,
    });
    expect(await post(dismiss, { id }, { reason: 'seen' })).toMatchObject({ status: 202 });
    expect((await get(list, `?fingerprint=${fingerprint}&dismissed=false`)).body.tasks).toHaveLength(1);
    expect((await get(deadLetters, '?definition=say')).body).toMatchObject({ groups: [{ count: 1 }] });
    await post(bulk, {}, { verb: 'dismiss', filter: { fingerprint, dismissed: false }, args: { reason: 'all' } });
    while (await stepBulk());
    expect((await get(deadLetters)).body).toEqual({ groups: [], nextCursor: null });
  });

  test('come back into their groups, one or all', async () => {
    const [id] = [await failed(), await failed()];
    await post(bulk, {}, { verb: 'dismiss', filter: { fingerprint } });
    while (await stepBulk());
    expect(await post(undismiss, { id })).toMatchObject({ status: 202, body: { id, state: 'failed' } });
    expect((await get(deadLetters)).body).toMatchObject({ groups: [{ fingerprint, count: 1 }] });
    expect(await post(undismiss, { id })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await post(bulk, {}, { verb: 'undismiss', filter: { fingerprint, dismissed: true } });
    while (await stepBulk());
    expect((await get(deadLetters)).body).toMatchObject({ groups: [{ fingerprint, count: 2 }] });
  });

  test.each([
    ['?limit=0', '/limit'],
    ['?limit=ten', '/limit'],
    ['?cursor=1', '/cursor'],
    ['?since=yesterday', '/since'],
    ['?order=count', '/order'],
  ])('with %s are refused', async (query, pointer) => {
    expect(await get(deadLetters, query)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});

describe('a bulk operation', () => {
  beforeEach(() => database.sql`delete from tasks`);

  test('is previewed, started, watched and listed', async () => {
    const ids = [await failed(), await failed()];
    expect(await post(preview, {}, { filter: { states: ['failed'] } })).toMatchObject({
      status: 200,
      body: { count: 2, more: false, states: { failed: 2 } },
    });
    const { status, headers, body } = await post(bulk, {}, { verb: 'retry', ids });
    expect({ status, body }).toMatchObject({ status: 202, body: { state: 'running', total: 2, done: 0 } });
    const id = String(body.id);
    expect(headers.get('location')).toBe(`/api/bulk/${id}`);
    while (await stepBulk());
    expect((await get(oneBulk, '', { id })).body).toMatchObject({
      state: 'completed',
      done: 2,
      createdByName: 'test operator',
    });
    expect((await get(listBulk, '?limit=1')).body).toMatchObject({ operations: [{ id }] });
    expect(await post(cancelBulk, { id })).toMatchObject({ status: 409 });
    expect(await post(cancelBulk, { id: unknownId })).toMatchObject({ status: 404 });
    expect(await get(oneBulk, '', { id: unknownId })).toMatchObject({ status: 404 });
  });

  test('takes ten thousand ids', async () => {
    const ids = Array.from({ length: 10_000 }, () => crypto.randomUUID());
    expect(await post(bulk, {}, { verb: 'cancel', ids })).toMatchObject({ status: 202, body: { total: 0 } });
    expect(await post(bulk, {}, { verb: 'cancel', ids: [...ids, crypto.randomUUID()] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/ids' }] },
    });
    await database.sql`delete from bulk_operations`;
  });

  test('that purges is for admins', async () => {
    await insertTask({ state: 'completed', finished_at: new Date('2020-01-01') });
    const filter = { states: ['completed'] };
    expect(await post(bulk, {}, { verb: 'purge', filter })).toMatchObject({ status: 403 });
    expect(await post(purge, {}, { olderThanMs: 1_000 }, admin)).toMatchObject({
      status: 202,
      body: { verb: 'purge', total: 1 },
    });
    expect(await post(purge, {}, { olderThanMs: -1 }, admin)).toMatchObject({ status: 422 });
  });

  test.each<[unknown, string]>([
    [{ verb: 'cancel' }, '/ids'],
    [{ verb: 'cancel', filter: {} }, '/filter'],
    [{ verb: 'cancel', filter: { states: ['done'] } }, '/filter/states/0'],
    [{ verb: 'cancel', filter: { queue: 'q' }, perSecond: 1e9 }, '/perSecond'],
  ])('%j is refused', async (json, pointer) => {
    expect(await post(bulk, {}, json)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });
});

test('a deactivated task type takes no tasks until it is activated', async () => {
  const task = { definition: 'say', payload: { message: 'x' } };
  expect(await post(deactivate, { name: 'say' }, undefined, admin)).toMatchObject({
    status: 200,
    body: { name: 'say', active: false },
  });
  expect(await post(submit, {}, task)).toMatchObject({
    status: 409,
    body: { errors: [{ pointer: '/definition' }] },
  });
  expect(await post(activate, { name: 'say' }, undefined, admin)).toMatchObject({ body: { active: true } });
  expect(await post(submit, {}, task)).toMatchObject({ status: 202 });
  expect(await post(activate, { name: 'nope' }, undefined, admin)).toMatchObject({ status: 404 });
});

test.each([
  ['?dismissed=perhaps', '/dismissed'],
  ['?fingerprint=x', '/fingerprint'],
  ['?parentId=x', '/parentId'],
  ['?createdAfter=monday', '/createdAfter'],
  ['?ids=1,2', '/ids/0'],
])('a list with %s is refused', async (query, pointer) => {
  expect(await get(list, query)).toMatchObject({
    status: 422,
    body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
  });
});
