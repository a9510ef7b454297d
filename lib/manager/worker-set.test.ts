import { createWorkerSet } from './worker-set.ts';

function fakeWorkers() {
  const counts = { alive: 0, started: 0 };
  const set = createWorkerSet(async () => {
    counts.alive += 1;
    counts.started += 1;
    return {
      stop: async () => {
        counts.alive -= 1;
      },
    };
  }, new Map());
  return { set, counts };
}

test('starts what is missing and stops what is too many', async () => {
  const { set, counts } = fakeWorkers();
  await set.scale(3);
  await set.scale(1);
  expect(counts).toEqual({ alive: 1, started: 3 });
  expect(set.size()).toBe(1);
});

test('changes asked for together do not start a worker twice, nor forget one', async () => {
  const { set, counts } = fakeWorkers();
  await Promise.all([set.scale(2), set.scale(2), set.scale((now) => now + 1), set.scale((now) => now + 1)]);
  expect(counts).toEqual({ alive: 4, started: 4 });
  await Promise.all([set.scale(5), set.scale(0)]);
  expect(counts).toEqual({ alive: 0, started: 5 });
});

test.each([-1, 1.5, Number.NaN])('refuses %d workers', async (count) => {
  await expect(fakeWorkers().set.scale(count)).rejects.toMatchObject({ code: 'invalid' });
});

test('a worker that cannot start is told of, and the next change is tried', async () => {
  let fails = true;
  const set = createWorkerSet(async () => {
    if (fails) throw new Error('no database');
    return { stop: async () => undefined };
  }, new Map());
  await expect(set.scale(1)).rejects.toThrow('no database');
  fails = false;
  await set.scale(1);
  expect(set.size()).toBe(1);
});
