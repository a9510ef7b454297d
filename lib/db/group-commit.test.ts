import { createGroupCommit } from './group-commit.ts';

const sqlError = (code: string) => Object.assign(new Error('refused'), { code });

describe('a group commit', () => {
  it('writes a lone item at once', async () => {
    const writes: number[][] = [];
    const commit = createGroupCommit<number, number>({
      op: 'test',
      write: async (items) => (writes.push(items), items.map((n) => n * 2)),
    });
    expect(await commit.add(21)).toBe(42);
    expect(writes).toEqual([[21]]);
  });

  it('collects what comes while a statement is in flight', async () => {
    const writes: number[][] = [];
    let finishFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (finishFirst = resolve));
    const commit = createGroupCommit<number, number>({
      op: 'test',
      write: async (items) => {
        writes.push(items);
        if (writes.length === 1) await first;
        return items;
      },
    });
    const one = commit.add(1);
    await new Promise((next) => setImmediate(next));
    const others = [commit.add(2), commit.add(3)];
    finishFirst();
    expect(await Promise.all([one, ...others])).toEqual([1, 2, 3]);
    expect(writes).toEqual([[1], [2, 3]]);
  });

  it('takes no more than its limit a statement', async () => {
    const sizes: number[] = [];
    const commit = createGroupCommit<number, number>({
      op: 'test',
      maxItems: 2,
      write: async (items) => (sizes.push(items.length), items),
    });
    await Promise.all([1, 2, 3, 4, 5].map((n) => commit.add(n)));
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('writes again what was the victim of a deadlock, and not for ever', async () => {
    let deadlocks = 1;
    const write = jest.fn(async (items: number[]) => {
      if ((deadlocks -= 1) >= 0) throw sqlError('40P01');
      return items;
    });
    const commit = createGroupCommit<number, number>({ op: 'test', write });
    expect(await Promise.all([commit.add(1), commit.add(2)])).toEqual([1, 2]);
    deadlocks = 10;
    write.mockClear();
    await expect(commit.add(3)).rejects.toMatchObject({ code: '40P01' });
    expect(write).toHaveBeenCalledTimes(3);
  });

  it('refuses what is more than may wait', async () => {
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const commit = createGroupCommit<number, number>({
      op: 'test',
      maxWaiting: 2,
      write: async (n) => (await held, n),
    });
    const first = commit.add(1);
    await new Promise((next) => setImmediate(next));
    const waiting = [commit.add(2), commit.add(3)];
    await expect(commit.add(4)).rejects.toThrow('2 wait already');
    finish();
    expect(await Promise.all([first, ...waiting])).toEqual([1, 2, 3]);
    expect(await commit.add(5)).toBe(5);
  });

  it('fails only the item that Postgres refuses', async () => {
    const commit = createGroupCommit<number, number>({
      op: 'test',
      write: async (items) => {
        if (items.includes(2)) throw sqlError('22P05');
        return items;
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((n) => commit.add(n)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails the whole batch when the connection is lost, and goes on with the next', async () => {
    let down = true;
    const commit = createGroupCommit<number, number>({
      op: 'test',
      write: async (items) => {
        if (down) throw sqlError('ECONNREFUSED');
        return items;
      },
    });
    const results = await Promise.allSettled([1, 2].map((n) => commit.add(n)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    down = false;
    expect(await commit.add(3)).toBe(3);
  });

  it('drains: resolves when nothing is in flight', async () => {
    let written = 0;
    const commit = createGroupCommit<number, number>({
      op: 'test',
      write: async (items) => ((written += items.length), items),
    });
    void commit.add(1);
    void commit.add(2);
    await commit.drain();
    expect(written).toBe(2);
  });
});
