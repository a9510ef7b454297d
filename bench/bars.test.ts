import { judge } from './bars.ts';
import { noSamples, type Results, type Samples } from './results.ts';

const runs = (...rates: number[]) => rates.map((rate) => ({ rate, cpu: undefined }));
const samples = (change: Partial<Samples>): Samples => ({ ...noSamples(), ...change });
const latency = (p50: number) => {
  const same = { p50, p95: p50 };
  return [{ accept: same, start: same, recorded: same }];
};

const results: Results = {
  commit: { p50: 1, p95: 2 },
  peers: {
    taskdeck: samples({ run: runs(400, 600, 500), endToEnd: [800], latency: latency(3) }),
    'taskdeck-1m': samples({ run: runs(400) }),
    'bullmq-redis': samples({ run: runs(1_000), latency: latency(1) }),
    plain: samples({ endToEnd: [100] }),
  },
};
const verdictOf = (title: string, of = results) => judge(of).find((verdict) => verdict.title.startsWith(title));

describe('the bars', () => {
  it('compare medians, and a ratio that is exactly the bar is enough', () => {
    expect(verdictOf('run and record, of raw')).toMatchObject({ measured: 0.5, bar: 0.5, met: true });
    expect(verdictOf('end to end, of BullMQ with REST')).toMatchObject({ measured: 8, met: true });
  });

  it('are missed below', () => {
    expect(verdictOf('run and record with 1,000,000')).toMatchObject({ measured: 0.8, bar: 0.9, met: false });
  });

  it('allow the start three times the latency of raw BullMQ and a commit', () => {
    expect(verdictOf('submit to start')).toMatchObject({ measured: 3, relation: 'at most', bar: 4, met: true });
    const slow = { ...results, peers: { ...results.peers, taskdeck: samples({ latency: latency(4.1) }) } };
    expect(verdictOf('submit to start', slow)).toMatchObject({ met: false });
  });

  it('say nothing of what was not measured', () => {
    expect(verdictOf('end to end, of pg-boss')).toBeUndefined();
    expect(verdictOf('accept in bulk')).toBeUndefined();
  });
});
