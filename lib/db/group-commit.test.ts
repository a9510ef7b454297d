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
    await Promise.resolve();
    await Promise.resolve();
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
