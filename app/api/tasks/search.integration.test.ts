import { indexChanged } from '#lib/search/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { POST as preview } from '../bulk/preview/route.ts';
import { type Caller, call, person, program, read } from '../testing.ts';
import { DELETE as deleteView, PATCH as patchView } from '../views/[id]/route.ts';
import { GET as listViews, POST as createView } from '../views/route.ts';
import { GET as exportTasks } from './export/route.ts';
import { GET as facets } from './facets/route.ts';
import { GET as list } from './route.ts';
import { GET as suggest } from './suggest/route.ts';

jest.setTimeout(120_000);

const broken = { name: 'Error', message: '+broken, "badly"\nreally' };

let database: TestDatabase;
let viewer: Caller;
let operator: Caller;

beforeAll(async () => {
  database = await testDatabase();
  viewer = await program('viewer');
  operator = await person(database, 'operator');
  await database.sql`
    insert into task_definitions (name, title, queue, payload_schema, retry, timeout_ms) values ('sendMail', 'Send a mail', 'default',
      '{"type":"object","properties":{"to":{"type":"string"},"user":{"type":"object","properties":{"id":{"type":"number"}}},"lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}}}', '{}', 1000)`;
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, error, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by, tags, worker_id, started_at, finished_at)
    select ('01990000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, case when n % 2 = 0 then 'sendMail' else 'importCsv' end,
      case when n % 4 = 0 then 'slow' else 'default' end, (case when n % 3 = 0 then 'failed' else 'completed' end)::task_state,
      jsonb_build_object('to', '=cmd|"' || n, 'word', case when n % 10 = 0 then 'tenth' else 'other' end),
      case when n % 3 = 0 then ${database.sql.json(broken)}::jsonb end,
      1, '{}', 1000, now(), now(), now(), 'user:test', case when n % 5 = 0 then array['vip'] else '{}' end, 'host-' || n % 2, now(), now() + interval '1 second'
    from generate_series(1, 250) n`;
  while ((await indexChanged()) > 0);
});
afterAll(() => database.drop());

const get = async (handler: typeof list, path: string, caller: Caller = viewer) =>
  read(call(handler, path, { caller }));

describe('GET /api/tasks', () => {
  it('takes a search and the other filters by their names in a URL', async () => {
    const query =
      'q=tenth%20-broken&state=completed,failed&definition=sendMail&queue=slow,default&runMin=1000&runMax=1000&worker=host-0';
    const { status, body } = await get(list, `/api/tasks?${query}`);
    expect(status).toBe(200);
    expect(body.tasks).toHaveLength(17);
    expect(body).not.toHaveProperty('indexing');
  });

  it.each([
    ['q=state:broken', '/q', 'There is no state “broken”'],
    ['q=%22open', '/q', 'at character 1: The quote is not closed'],
    [`q=${'a'.repeat(10_000)}`, '/q', 'is longer than 2000 characters'],
    ['q=a%00b', '/q', 'NUL'],
    ['sort=payload', '/sort', 'must be one of -created'],
    ['runMin=-1', '/runMin', ''],
    ['metadata=no', '/metadata', 'is not JSON'],
    ['finishedAfter=yesterday', '/finishedAfter', ''],
    ['state=broken', '/state/0', ''],
    ['cursor=1', '/cursor', 'is not a cursor'],
  ])('refuses %s', async (query, pointer, message) => {
    const { status, body } = await get(list, `/api/tasks?${query}`);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, message: expect.stringContaining(message) });
  });
});

describe('GET /api/tasks/facets', () => {
  it("counts each dimension without the filter's own choice in it", async () => {
    const { status, body } = await get(facets, '/api/tasks/facets?state=failed&queue=slow');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: { count: 20, more: false },
      facets: {
        state: [
          { value: 'completed', count: 42, more: false },
          { value: 'failed', count: 20, more: false },
        ],
        queue: [
          { value: 'default', count: 63, more: false },
          { value: 'slow', count: 20, more: false },
        ],
        definition: [{ value: 'sendMail', count: 20, more: false }],
        worker: [{ value: 'host-0', count: 20, more: false }],
        tag: [{ value: 'vip', count: 4, more: false }],
      },
    });
  });

  it('counts what a search finds', async () => {
    const { body } = await get(facets, '/api/tasks/facets?q=tenth%20state:failed');
    expect(body).toMatchObject({
      total: { count: 8, more: false },
      facets: {
        state: [
          { value: 'completed', count: 17 },
          { value: 'failed', count: 8 },
        ],
        definition: [{ value: 'sendMail', count: 8 }],
      },
    });
  });

  it('refuses a bad search as the list does', async () => {
    expect((await get(facets, '/api/tasks/facets?q=%22')).body.errors).toMatchObject([{ pointer: '/q' }]);
  });
});

describe('GET /api/tasks/suggest', () => {
  const texts = async (q: string, at?: number): Promise<unknown> => {
    const { body } = await get(
      suggest,
      `/api/tasks/suggest?${new URLSearchParams({ q, ...(at !== undefined && { at: String(at) }) })}`,
    );
    return { ...body, suggestions: (body.suggestions as { text: string }[]).map(({ text }) => text) };
  };

  it.each([
    ['st', { from: 0, to: 2, suggestions: ['state:'] }],
    ['a -state:fai', { from: 3, to: 12, suggestions: ['state:failed'] }],
    ['state:failed,aban', { from: 0, to: 17, suggestions: ['state:failed,abandoned'] }],
    ['payload.u', { from: 0, to: 9, suggestions: ['payload.user.id:'] }],
    ['payload.', { from: 0, to: 8, suggestions: ['payload.lines.sku:', 'payload.to:', 'payload.user.id:'] }],
    ['mail', { from: 0, to: 4, suggestions: ['definition:sendMail'] }],
    ['tag:', { from: 0, to: 4, suggestions: ['tag:vip'] }],
    ['queue:s', { from: 0, to: 7, suggestions: ['queue:slow'] }],
    ['"state:', { from: 7, to: 7, suggestions: [] }],
  ])('%s', async (q, expected) => {
    expect(await texts(q)).toEqual(expected);
  });

  it('at the caret', async () => {
    expect(await texts('st rest', 2)).toEqual({ from: 0, to: 2, suggestions: ['state:'] });
  });
});

describe('GET /api/tasks/export', () => {
  const file = (query: string) => call(exportTasks, `/api/tasks/export?${query}`, { caller: viewer });

  it('is a JSON array of all that fit, newest first, over many pages', async () => {
    const answer = await file('format=json&definition=sendMail,importCsv');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="tasks-\d{4}-\d\d-\d\d\.json"$/);
    const tasks = (await answer.json()) as { id: string; payload: unknown; runMs: number }[];
    expect(tasks).toHaveLength(250);
    expect(tasks.map(({ id }) => Number(id.slice(-12)))).toEqual(
      Array.from({ length: 250 }, (_, index) => 250 - index),
    );
    expect(tasks[0]).toMatchObject({ payload: { to: '=cmd|"250', word: 'tenth' }, runMs: 1000, state: 'completed' });
  });

  it('is CSV in which nothing is a formula', async () => {
    const text = await (await file('format=csv&q=tenth%20state:failed')).text();
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^id,definition,queue,state,/);
    expect(lines).toHaveLength(10);
    expect(lines[1]).toContain(`"'+broken, ""badly""\nreally"`);
  });

  it('of nothing is an empty file', async () => {
    expect(await (await file('format=json&queue=none')).json()).toEqual([]);
  });

  it('ends when the reader goes away', async () => {
    const reader = (await file('format=json')).body?.getReader();
    await reader?.read();
    await expect(reader?.cancel()).resolves.toBeUndefined();
  });

  it('refuses another format, and a search that is wrong, before the file begins', async () => {
    expect((await file('format=xls')).status).toBe(422);
    expect((await file('format=csv&q=%22')).status).toBe(422);
  });
});

test('a bulk operation by a search names what the search finds, and an empty search names nothing', async () => {
  const count = (filter: unknown) =>
    read(call(preview, '/api/bulk/preview', { method: 'POST', caller: operator, json: { filter } }));
  expect((await count({ q: 'tenth', states: ['failed'] })).body).toMatchObject({ count: 8, more: false });
  expect((await count({ q: '  ' })).status).toBe(422);
  expect((await count({ q: '"' })).status).toBe(422);
});

describe('/api/views', () => {
  const send = (caller: Caller, json: unknown) =>
    read(call(createView, '/api/views', { method: 'POST', caller, json }));
  const change = (caller: Caller, id: unknown, json: unknown) =>
    read(call(patchView, `/api/views/${id}`, { method: 'PATCH', caller, json, params: { id: String(id) } }));
  const remove = (caller: Caller, id: unknown) =>
    read(call(deleteView, `/api/views/${id}`, { method: 'DELETE', caller, params: { id: String(id) } }));
  const names = async (caller: Caller) => {
    const { body } = await read(call(listViews, '/api/views', { caller }));
    return (body.views as { name: string; own: boolean }[]).map(
      ({ name, own }) => `${name}${own ? '' : ' of another'}`,
    );
  };

  it('are one’s own unless an operator shares them', async () => {
    const mine = await send(viewer, { name: 'Mine', query: 'state=failed' });
    expect(mine).toMatchObject({ status: 201, body: { own: true, shared: false, ownerName: 'test viewer' } });
    expect((await send(viewer, { name: 'Ours', query: '', shared: true })).status).toBe(403);
    const ours = await send(operator, { name: 'Ours', query: 'state=failed', shared: true });
    expect(ours.status).toBe(201);
    expect(await names(viewer)).toEqual(['Mine', 'Ours of another']);
    expect(await names(operator)).toEqual(['Ours']);

    expect((await send(viewer, { name: 'Mine', query: '' })).status).toBe(409);
    expect((await change(viewer, mine.body.id, { shared: true })).status).toBe(403);
    expect((await change(viewer, ours.body.id, { name: 'Taken' })).status).toBe(403);
    expect((await remove(operator, mine.body.id)).status).toBe(404);
    expect(await change(viewer, mine.body.id, { name: 'Renamed' })).toMatchObject({
      status: 200,
      body: { query: 'state=failed' },
    });
    expect((await change(await person(database, 'admin'), ours.body.id, { shared: false })).status).toBe(200);
    expect(await names(viewer)).toEqual(['Renamed']);
    expect((await remove(viewer, mine.body.id)).status).toBe(204);
    expect(await names(viewer)).toEqual([]);
  });

  it('have a limit', async () => {
    await database.sql`
      insert into saved_views (id, owner, name, query) select gen_random_uuid(), 'key:x', n::text, '' from generate_series(1, 100) n`;
    const full = await program('viewer');
    const [{ id } = { id: '' }] = await database.sql<
      { id: string }[]
    >`select id from api_keys order by created_at desc limit 1`;
    await database.sql`update saved_views set owner = ${`key:${id}`} where owner = 'key:x'`;
    expect((await send(full, { name: 'One more', query: '' })).status).toBe(429);
  });

  it.each([
    ['without a name', { name: '', query: '' }],
    ['with too long a query', { name: 'x', query: 'a'.repeat(5_000) }],
    ['without a query', { name: 'x' }],
  ])('are refused %s', async (_, view) => {
    expect((await send(viewer, view)).status).toBe(422);
  });
});
