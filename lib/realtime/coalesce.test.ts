import { createCoalescer } from './coalesce.ts';

const create = () => {
  const sent: { at: number; items: Record<string, number> }[] = [];
  const coalescer = createCoalescer<number>({
    everyMs: 200,
    burst: 3,
    merge: (earlier, later) => earlier + later,
    send: async (items) => void sent.push({ at: Date.now(), items: Object.fromEntries(items) }),
  });
  return { sent, coalescer };
};

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

describe('a coalescer', () => {
  it('sends at once after a quiet time, a few times in a row', async () => {
    const { sent, coalescer } = create();
    for (const at of [0, 5, 10]) {
      coalescer.add('a', at);
      await jest.advanceTimersByTimeAsync(5);
    }
    expect(sent.map(({ at }) => at)).toEqual([0, 5, 10]);
  });

  it('puts what comes in one turn into one message', async () => {
    const { sent, coalescer } = create();
    coalescer.add('a', 1);
    coalescer.add('b', 2);
    coalescer.add('a', 3);
    await jest.advanceTimersByTimeAsync(0);
    expect(sent.map(({ items }) => items)).toEqual([{ a: 4, b: 2 }]);
  });

  it('sends five messages a second under steady load, and loses nothing', async () => {
    const { sent, coalescer } = create();
    for (let ms = 0; ms < 10_000; ms += 10) {
      coalescer.add('a', 1);
      await jest.advanceTimersByTimeAsync(10);
    }
    await jest.advanceTimersByTimeAsync(1_000);
    const late = sent.filter(({ at }) => at >= 1_000 && at < 9_000);
    expect(late.length).toBeLessThanOrEqual(40);
    expect(late.length).toBeGreaterThan(35);
    expect(sent.reduce((sum, { items }) => sum + (items['a'] ?? 0), 0)).toBe(1_000);
  });

  it('keeps no more keys than it may while a send hangs, and of the rest what is said of them', async () => {
    const release = Promise.withResolvers<void>();
    const sent: Record<string, number>[] = [];
    const coalescer = createCoalescer<number>({
      everyMs: 200,
      burst: 3,
      merge: (earlier, later) => earlier + later,
      maxKeys: 2,
      beyond: () => ['others', 1],
      send: (items) => {
        sent.push(Object.fromEntries(items));
        return release.promise;
      },
    });
    coalescer.add('hangs', 1);
    await jest.advanceTimersByTimeAsync(0);
    for (const key of ['a', 'b', 'c', 'd', 'a']) coalescer.add(key, 1);
    release.resolve();
    await jest.advanceTimersByTimeAsync(200);
    expect(sent).toEqual([{ hangs: 1 }, { a: 2, b: 1, others: 2 }]);
  });

  it('flushes what waits', async () => {
    const { sent, coalescer } = create();
    for (let n = 0; n < 5; n += 1) {
      coalescer.add('a', n);
      await jest.advanceTimersByTimeAsync(0);
    }
    await coalescer.flush();
    expect(sent.reduce((sum, { items }) => sum + (items['a'] ?? 0), 0)).toBe(10);
  });
});
