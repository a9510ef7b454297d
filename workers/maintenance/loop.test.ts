import { startLoop } from './loop.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A loop whose rounds end when they are told to. */
function loopOf(rests: boolean) {
  let end = (_more: boolean): void => undefined;
  const state = { rounds: 0 };
  const loop = startLoop({
    name: 'The loop',
    everyMs: 1_000,
    rests,
    round: () => {
      state.rounds += 1;
      return new Promise((resolve) => (end = resolve));
    },
  });
  const endRound = async (tookMs: number, more: boolean) => {
    await jest.advanceTimersByTimeAsync(tookMs);
    end(more);
    await jest.advanceTimersByTimeAsync(0);
  };
  const stop = async () => {
    const stopped = loop.stop();
    end(false);
    await stopped;
  };
  return { state, endRound, stop };
}

it('begins the next round at once while there is more to do', async () => {
  const { state, endRound, stop } = loopOf(false);
  await endRound(300, true);
  expect(state.rounds).toBe(2);
  await stop();
});

it('rests as long as a round took that leaves more to do, when it is told to', async () => {
  const { state, endRound, stop } = loopOf(true);
  await endRound(300, true);
  await jest.advanceTimersByTimeAsync(299);
  expect(state.rounds).toBe(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(state.rounds).toBe(2);
  await stop();
});

it('waits for its time when there is nothing more to do', async () => {
  const { state, endRound, stop } = loopOf(true);
  await endRound(10, false);
  await jest.advanceTimersByTimeAsync(999);
  expect(state.rounds).toBe(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(state.rounds).toBe(2);
  await stop();
});
