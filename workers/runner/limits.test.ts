import { createLimits, type Time } from './limits.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const time: Time = {
  now: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

function limitsOf(given: { timeoutMs?: number; heartbeatMs?: number }) {
  const controller = new AbortController();
  const limits = createLimits({ timeoutMs: 10_000, heartbeatMs: null, ...given }, controller, time);
  return { ...limits, controller, reason: () => controller.signal.reason as Error | undefined };
}

test('an attempt is stopped when its time is up', () => {
  const limits = limitsOf({ timeoutMs: 1_000 });
  limits.begin();
  jest.advanceTimersByTime(999);
  expect(limits.controller.signal.aborted).toBe(false);
  jest.advanceTimersByTime(1);
  expect(limits.reason()).toMatchObject({ name: 'TaskTimeout', message: 'The attempt took longer than its 1000 ms.' });
});

test('its time counts from when the handler begins', () => {
  const limits = limitsOf({ timeoutMs: 1_000, heartbeatMs: 500 });
  jest.advanceTimersByTime(60_000);
  limits.begin();
  jest.advanceTimersByTime(499);
  expect(limits.controller.signal.aborted).toBe(false);
});

test('one that gives no sign of life is stopped, counted from the last', () => {
  const limits = limitsOf({ heartbeatMs: 500 });
  limits.begin();
  for (let n = 0; n < 5; n += 1) {
    jest.advanceTimersByTime(400);
    limits.alive();
  }
  jest.advanceTimersByTime(499);
  expect(limits.controller.signal.aborted).toBe(false);
  jest.advanceTimersByTime(2);
  expect(limits.reason()?.message).toContain('no sign of life for 500 ms');
});

test('one that has ended is not stopped any more', () => {
  const limits = limitsOf({ timeoutMs: 1_000, heartbeatMs: 500 });
  limits.begin();
  limits.stop();
  jest.advanceTimersByTime(60_000);
  expect(limits.controller.signal.aborted).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});
