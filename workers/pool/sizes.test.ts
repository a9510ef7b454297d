import { poolSizes } from './sizes.ts';

const sizes = (size: number, min?: number, max?: number) =>
  poolSizes({ WORKER_PROCESSES: size, WORKER_PROCESSES_MIN: min, WORKER_PROCESSES_MAX: max }, 4);

test('without bounds a pool keeps what it starts with, and may have one process a core', () => {
  expect(sizes(2)).toEqual({ size: 2, min: 2, max: 4 });
  expect(sizes(8)).toEqual({ size: 8, min: 8, max: 8 });
});

test('bounds that exclude the size are refused', () => {
  expect(sizes(2, 0, 2)).toEqual({ size: 2, min: 0, max: 2 });
  expect(() => sizes(1, 2)).toThrow('WORKER_PROCESSES_MIN (2)');
  expect(() => sizes(3, 0, 2)).toThrow('WORKER_PROCESSES_MAX (2)');
});
