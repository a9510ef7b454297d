import { seededRandom, seedOf } from './random.ts';

it('repeats itself for the same seed, and not for another', () => {
  const draw = (seed: number) =>
    Array.from({ length: 20 }, (_, index) => seededRandom(seed + index).whole(0, 1_000_000));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(100));
  expect(seedOf(1, 'F1')).not.toBe(seedOf(1, 'F2'));
});

it('stays in its bounds and reaches them', () => {
  const random = seededRandom(7);
  const drawn = new Set(Array.from({ length: 200 }, () => random.whole(1, 3)));
  expect([...drawn].sort()).toEqual([1, 2, 3]);
});
