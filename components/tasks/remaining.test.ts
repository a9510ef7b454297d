import { addSample, type ProgressSample, remaining } from './remaining.ts';

const steady = (steps: number): readonly ProgressSample[] =>
  Array.from({ length: steps }, (_, index) => ({ at: index * 1_000, fraction: index / 10 })).reduce(
    addSample,
    [] as readonly ProgressSample[],
  );

it('says nothing before it has seen enough', () => {
  expect(remaining(steady(3), 2_000)).toBeNull();
});

it('goes on at the pace of the last steps', () => {
  expect(remaining(steady(5), 4_000)).toEqual({ kind: 'known', ms: expect.closeTo(6_000) });
});

it('takes off what has passed since the last step', () => {
  expect(remaining(steady(5), 5_000)).toEqual({ kind: 'known', ms: expect.closeTo(5_000) });
});

it('promises nothing when the task does not move', () => {
  expect(remaining(steady(5), 40_000)).toEqual({ kind: 'stalled', sinceMs: 36_000 });
});

it('begins anew when the progress goes back', () => {
  expect(addSample(steady(5), { at: 9_000, fraction: 0.1 })).toEqual([{ at: 9_000, fraction: 0.1 }]);
});

it('does not count the same progress twice', () => {
  const samples = steady(5);
  expect(addSample(samples, { at: 9_000, fraction: 0.4 })).toBe(samples);
});

it('forgets the pace of long ago', () => {
  expect(steady(10).length).toBe(10);
  const many = Array.from({ length: 50 }, (_, index) => ({ at: index, fraction: index / 100 })).reduce(
    addSample,
    [] as readonly ProgressSample[],
  );
  expect(many).toHaveLength(20);
});

it('has nothing left to say at the end', () => {
  expect(remaining(steady(11), 10_000)).toBeNull();
});
