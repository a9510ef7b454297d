import type { LiveConnection, Session } from './connection.ts';
import { startLive } from './session.ts';

const session = {} as Session;

function setUp() {
  const stop = jest.fn();
  const start = jest.fn(() => stop);
  return { connection: { start } as unknown as LiveConnection, start, stop };
}

const settle = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('starts with the session, and ends with the page', async () => {
  const { connection, start, stop } = setUp();
  const end = startLive(connection, () => Promise.resolve(session));
  await settle();
  expect(start).toHaveBeenCalledWith(session);
  end();
  expect(stop).toHaveBeenCalledTimes(1);
});

it('tries again until the client could be loaded', async () => {
  const { connection, start } = setUp();
  const open = jest.fn(() => Promise.reject<Session>(new Error('no such chunk')));
  startLive(connection, open);
  await settle();
  expect(start).not.toHaveBeenCalled();
  open.mockReturnValue(Promise.resolve(session));
  await jest.advanceTimersByTimeAsync(10_000);
  expect(start).toHaveBeenCalledWith(session);
});

it('starts nothing on a page that was left meanwhile', async () => {
  const { connection, start } = setUp();
  startLive(connection, () => Promise.resolve(session))();
  await settle();
  expect(start).not.toHaveBeenCalled();
});

it('stops trying when the page is left', async () => {
  const { connection } = setUp();
  const open = jest.fn(() => Promise.reject<Session>(new Error('no such chunk')));
  const end = startLive(connection, open);
  await settle();
  end();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(open).toHaveBeenCalledTimes(1);
});
