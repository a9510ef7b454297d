import { conclude, type Experiment, NotPossible } from './outcome.ts';
import { confidence, table } from './report/table.ts';

const experiment: Experiment = { id: 'F0', title: 'nothing', conduct: () => Promise.reject(new Error('not called')) };
const statusOf = async (work: Parameters<typeof conclude>[1]) => {
  const { status, problems } = await conclude(experiment, work);
  return { status, problems };
};

describe('conclude', () => {
  it('passes what hit something and found nothing', async () => {
    expect(await statusOf(async () => ({ hits: 1, problems: [] }))).toEqual({ status: 'passed', problems: [] });
  });

  it('calls invalid what hit nothing', async () => {
    expect((await statusOf(async () => ({ hits: 0, problems: [] }))).status).toBe('invalid');
  });

  it('calls invalid what this machine does not allow', async () => {
    const refused = await statusOf(() => Promise.reject(new NotPossible('no strace')));
    expect(refused).toEqual({ status: 'invalid', problems: ['it hit nothing', 'no strace'] });
  });

  it('fails what found a problem, even when it hit nothing', async () => {
    expect(await statusOf(async () => ({ hits: 0, problems: ['lost'] }))).toEqual({
      status: 'failed',
      problems: ['lost'],
    });
  });

  it('fails what threw', async () => {
    const { status, problems } = await statusOf(() => Promise.reject(new Error('broken')));
    expect(status).toBe('failed');
    expect(problems.join()).toContain('broken');
  });
});

describe('the table', () => {
  it('sums the figures and says what they prove', async () => {
    const outcome = await conclude(experiment, async () => ({ hits: 2, problems: [] }));
    const accepted = (count: number) => ({ ...outcome, figures: { ...outcome.figures, accepted: count } });
    const outcomes = [accepted(1_000), accepted(2_000)];
    expect(table(outcomes).split('\n').at(-1)).toMatch(/^\| all +\| +\| 4 +\| 3000 /);
    expect(confidence(outcomes)).toBe('lost 0 of 3000; 95 % upper bound 1.0e-3');
  });
});
