import { cpuOfEach, readCpu } from './cpu.ts';

test('counts the time of a process, and none of servers that do not run', () => {
  const before = readCpu(process.pid);
  if (process.platform !== 'linux') return expect(before).toBeUndefined();
  const end = process.cpuUsage().user + 50_000;
  while (process.cpuUsage().user < end);
  const after = readCpu(process.pid);
  if (!before || !after) throw new Error('/proc says nothing');
  expect(after.worker - before.worker).toBeGreaterThanOrEqual(40_000);
  expect(after).toMatchObject({ postgres: 0, redis: 0 });
});

test('shares what was used among the tasks', () => {
  const before = { worker: 1_000, postgres: 0, redis: 500 };
  expect(cpuOfEach(10, before, { worker: 3_000, postgres: 1_000, redis: 500 })).toEqual({
    worker: 200,
    postgres: 100,
    redis: 0,
  });
});
