import { createCoalescer } from './coalesce.ts';

const create = () => {
  const sent: Record<string, number>[] = [];
  const coalescer = createCoalescer<number>({
    everyMs: 200,
    merge: (earlier, later) => earlier + later,
    send: async (items) => void sent.push(Object.fromEntries(items)),
  });
  return { sent, coalescer };
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a coalescer', () => {
  it('sends the first item at once', async () => {
    const { sent, coalescer } = create();
    coalescer.add('a', 1);
    await jest.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ a: 1 }]);
  });

  it('sends what comes afterwards together, one message a period', async () => {
    const { sent, coalescer } = create();
    for (let round = 0; round < 10; round += 1) {
      coalescer.add('a', 1);
      coalescer.add('b', 1);
      await jest.advanceTimersByTimeAsync(50);
    }
    await jest.advanceTimersByTimeAsync(400);
    expect(sent).toHaveLength(4);
    expect(sent.reduce((sum, { a = 0 }) => sum + a, 0)).toBe(10);
  });

  it('is quick again after a quiet time', async () => {
    const { sent, coalescer } = create();
    coalescer.add('a', 1);
    await jest.advanceTimersByTimeAsync(0);
    await jest.advanceTimersByTimeAsync(1_000);
    coalescer.add('a', 2);
    await jest.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('flushes what waits', async () => {
    const { sent, coalescer } = create();
    coalescer.add('a', 1);
    await jest.advanceTimersByTimeAsync(0);
    coalescer.add('a', 5);
    await coalescer.flush();
    expect(sent).toEqual([{ a: 1 }, { a: 5 }]);
  });
});
