import { rebuildDelayMs, toLinkState } from './link-state.ts';

it.each([
  [[], 'connecting'],
  [['joining'], 'connecting'],
  [['joined'], 'live'],
  [['joined', 'joining'], 'live'],
  [['joined', 'lost'], 'reconnecting'],
] as const)('topics %j are %s', (topics, link) => {
  expect(toLinkState(topics)).toBe(link);
});

it('waits longer for each rebuild, up to ten seconds', () => {
  expect([0, 1, 2, 3, 9].map(rebuildDelayMs)).toEqual([1_000, 2_000, 5_000, 10_000, 10_000]);
});
