import { judge } from './bars.ts';
import { renderReport, replaceBlock } from './report.ts';
import { noSamples, type Results } from './results.ts';

const results: Results = {
  commit: { p50: 0.5, p95: 1 },
  peers: {
    taskdeck: {
      ...noSamples(),
      run: [1_000, 12_345, 20_000].map((rate) => ({ rate, cpu: { worker: 200, postgres: 150.4, redis: 90 } })),
    },
    'taskdeck-1m': { ...noSamples(), run: [{ rate: 6_000, cpu: undefined }] },
  },
};
const report = renderReport(results, judge(results), {
  date: '2026-11-21',
  command: 'npm run bench',
  rounds: 3,
  concurrency: 50,
  machine: '2 cores',
  versions: { postgres: '17', redis: '7', node: '24' },
  load: { before: 0.1, after: 2 },
});

describe('the report', () => {
  it('shows medians, and leaves out what was not measured', () => {
    expect(report).toContain('| Taskdeck |  |  |  | 12,345 |  |');
    expect(report).not.toContain('pg-boss');
    expect(report).not.toContain('tasks waiting');
  });

  it('says what a task has cost, where that could be read', () => {
    expect(report).toContain('| Taskdeck | 200 | 150 | 90 | 440 |');
    expect(report.match(/Taskdeck, 1,000,000 finished/g)).toHaveLength(1);
  });

  it('says which bar was missed, and what else the machine did', () => {
    expect(report).toContain('of an empty table | 0.49 | at least 0.90 | **missed** |');
    expect(report).toContain('load average 0.1 before, 2.0 after');
  });
});

describe('replaceBlock', () => {
  it('changes what stands between the marks, time and again', () => {
    const document = 'before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n';
    const once = replaceBlock(document, 'new\n');
    expect(once).toBe('before\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nafter\n');
    expect(replaceBlock(once, 'new\n')).toBe(once);
  });

  it('writes nothing into a document without marks', () => {
    expect(() => replaceBlock('text', 'new')).toThrow('bench:begin');
  });
});
