import { answerApi } from '../testing/api.ts';
import { summary } from '../testing/factories.ts';
import { bulkFilter, resolveTarget } from './bulk-target.ts';

it('writes every part of the address as the API takes it', () => {
  expect(
    bulkFilter({
      q: 'word',
      state: 'failed,cancelled',
      definition: 'a,b',
      worker: 'w-1',
      runMin: '500',
      metadata: '{"a":1}',
      dismissed: 'false',
      includeArchived: 'true',
      sort: 'created',
    }),
  ).toEqual({
    q: 'word',
    states: ['failed', 'cancelled'],
    definitions: ['a', 'b'],
    workerId: 'w-1',
    runMsMin: 500,
    metadata: { a: 1 },
    dismissed: false,
    includeArchived: true,
  });
});

describe('the way back', () => {
  it('names the tasks of the filter that are changed, over all its pages', async () => {
    const [waiting, running, other] = [summary(), summary({ state: 'running' }), summary({ state: 'scheduled' })];
    answerApi({
      'GET /api/tasks': ({ path }) => ({
        body: path.includes('cursor=')
          ? { tasks: [other], nextCursor: null }
          : { tasks: [waiting, running], nextCursor: 'next' },
      }),
    });
    expect(await resolveTarget('pause', { filter: { queue: 'mail' }, ids: null, rows: [] })).toEqual({
      target: { ids: [waiting.id, running.id, other.id] },
      undo: [waiting.id, other.id],
    });
  });

  it('is not offered for more than a thousand', async () => {
    const tasks = Array.from({ length: 200 }, () => summary());
    answerApi({ 'GET /api/tasks': { body: { tasks, nextCursor: 'next' } } });
    expect(await resolveTarget('archive', { filter: { queue: 'mail' }, ids: null, rows: [] })).toEqual({
      target: { filter: { queues: ['mail'] } },
      undo: null,
    });
  });

  it('of a dismissal leaves out what was dismissed before', async () => {
    const open = summary({ state: 'failed' });
    const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [open], nextCursor: null } } });
    const rows = [open, summary({ state: 'failed' })];
    const ids = rows.map(({ id }) => id);
    expect(await resolveTarget('dismiss', { filter: { state: 'failed' }, ids, rows })).toEqual({
      target: { ids },
      undo: [open.id],
    });
    expect(Object.fromEntries(new URL(calls[0]?.path ?? '', 'http://localhost').searchParams)).toMatchObject({
      ids: ids.join(','),
      dismissed: 'false',
    });
  });

  it('is not there for a verb without an opposite', async () => {
    expect(await resolveTarget('cancel', { filter: {}, ids: ['a'], rows: [summary()] })).toEqual({
      target: { ids: ['a'] },
      undo: null,
    });
  });
});
