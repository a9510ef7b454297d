import { summary } from '../testing/factories.ts';
import { compareNewestFirst, keepSameRows, mergeDetail, mergeIntoPages, newest, type TaskPages } from './merge.ts';

const all = {};
const pagesOf = (...pages: TaskPages<null>['pages']): TaskPages<null> => ({ pages, pageParams: pages.map(() => null) });
const idsOf = (data: TaskPages<null>): string[] => data.pages.flatMap((page) => page.tasks.map((task) => task.id));

describe('mergeIntoPages', () => {
  it('puts a new task on top', () => {
    const old = summary();
    const fresh = summary();
    expect(idsOf(mergeIntoPages(pagesOf({ tasks: [old], nextCursor: null }), [fresh], all))).toEqual([
      fresh.id,
      old.id,
    ]);
  });

  it('replaces a row by a newer version in its place', () => {
    const [third, second, first] = [summary(), summary(), summary()].reverse();
    if (!first || !second || !third) throw new Error('three tasks');
    const data = pagesOf({ tasks: [third, second, first], nextCursor: null });
    const merged = mergeIntoPages(data, [{ ...second, state: 'running', version: 2 }], all);
    expect(merged.pages[0]?.tasks.map(({ state }) => state)).toEqual(['pending', 'running', 'pending']);
  });

  it('never replaces a row by an older version', () => {
    const task = summary({ state: 'completed', version: 5 });
    const data = pagesOf({ tasks: [task], nextCursor: null });
    expect(mergeIntoPages(data, [{ ...task, state: 'running', version: 4 }], all)).toBe(data);
  });

  it('does not repeat a row that comes twice', () => {
    const task = summary();
    const data = mergeIntoPages(pagesOf({ tasks: [], nextCursor: null }), [task, task], all);
    expect(idsOf(data)).toEqual([task.id]);
  });

  it('removes a row that left the filter', () => {
    const task = summary({ state: 'running' });
    const data = pagesOf({ tasks: [task], nextCursor: null });
    const merged = mergeIntoPages(data, [{ ...task, state: 'completed', version: 2 }], { ...all, state: 'running' });
    expect(idsOf(merged)).toEqual([]);
  });

  it('takes in a row that entered the filter, in its place', () => {
    const [a, b, c] = [summary({ state: 'failed' }), summary({ state: 'running' }), summary({ state: 'failed' })];
    const merged = mergeIntoPages(
      pagesOf({ tasks: [c, a], nextCursor: null }),
      [{ ...b, state: 'failed', version: 2 }],
      { ...all, state: 'failed' },
    );
    expect(idsOf(merged)).toEqual([c.id, b.id, a.id]);
  });

  it('leaves a task of another type or queue out', () => {
    const data = pagesOf({ tasks: [], nextCursor: null });
    expect(mergeIntoPages(data, [summary({ queue: 'slow' })], { ...all, queue: 'default' })).toBe(data);
  });

  it('leaves a row below the last loaded one to its page', () => {
    const older = summary();
    const data = pagesOf({ tasks: [summary()], nextCursor: 'more' });
    expect(mergeIntoPages(data, [older], all)).toBe(data);
  });

  it('finds the page of a row among several', () => {
    const [oldest, older, newer] = [summary(), summary(), summary()];
    const data = pagesOf({ tasks: [newer], nextCursor: 'x' }, { tasks: [oldest], nextCursor: null });
    const merged = mergeIntoPages(data, [older], all);
    expect(merged.pages.map((page) => page.tasks.length)).toEqual([1, 2]);
  });
});

describe('mergeIntoPages at speed', () => {
  it('takes the newest of several changes of a task', () => {
    const task = summary();
    const data = pagesOf({ tasks: [], nextCursor: null });
    const merged = mergeIntoPages(
      data,
      [
        { ...task, version: 3, state: 'completed' },
        { ...task, version: 2 },
      ],
      all,
    );
    expect(merged.pages[0]?.tasks).toMatchObject([{ version: 3, state: 'completed' }]);
  });

  it('leaves the pages and rows alone that nothing concerns', () => {
    const [c, b, a] = [summary(), summary(), summary()].reverse();
    if (!a || !b || !c) throw new Error('three tasks');
    const data = pagesOf({ tasks: [c], nextCursor: 'x' }, { tasks: [b, a], nextCursor: null });
    const merged = mergeIntoPages(data, [{ ...a, version: 2 }], all);
    expect(merged.pages[0]).toBe(data.pages[0]);
    expect(merged.pages[1]?.tasks[0]).toBe(b);
  });
});

describe('keepSameRows', () => {
  it('keeps rows of the same version, wherever they stand now, and takes newer ones', () => {
    const [old, changing, fresh] = [summary(), summary(), summary()];
    const known = pagesOf({ tasks: [changing, old], nextCursor: null });
    const fetched = pagesOf({ tasks: [fresh, { ...changing, version: 2 }, { ...old }], nextCursor: 'x' });
    const rows = keepSameRows(known, fetched).pages[0]?.tasks;
    expect(rows?.[2]).toBe(old);
    expect(rows?.[1]?.version).toBe(2);
    expect(keepSameRows(known, fetched).pages[0]?.nextCursor).toBe('x');
  });
});

describe('newest', () => {
  it('keeps the known row when both are of one version', () => {
    const known = summary();
    expect(newest(known, { ...known })).toBe(known);
  });
});

describe('mergeDetail', () => {
  it('keeps what a summary does not carry', () => {
    const task = { ...summary(), payload: { a: 1 } };
    expect(mergeDetail(task, { ...task, state: 'running', version: 2 })).toMatchObject({
      state: 'running',
      payload: { a: 1 },
    });
  });

  it('ignores another task', () => {
    const task = summary();
    expect(mergeDetail(task, summary({ version: 9 }))).toBe(task);
  });
});

it('compareNewestFirst orders by the time in the id', () => {
  const [older, newer] = [summary(), summary()];
  expect([older, newer].sort(compareNewestFirst)).toEqual([newer, older]);
});
