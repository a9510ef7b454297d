import { LiveConnection } from './connection.ts';

type Status = 'SUBSCRIBED' | 'CHANNEL_ERROR' | 'CLOSED' | 'TIMED_OUT';

/** A channel as the client hands it out; the test speaks for the server. */
class FakeChannel {
  status: (status: Status) => void = () => undefined;
  broadcast: (message: { event: string; payload: unknown }) => void = () => undefined;

  on(_: string, __: object, callback: (message: { event: string; payload: unknown }) => void): this {
    this.broadcast = callback;
    return this;
  }

  subscribe(callback: (status: Status) => void): this {
    this.status = callback;
    return this;
  }
}

function setUp() {
  const channels: FakeChannel[] = [];
  const setAuth = jest.fn(() => Promise.resolve());
  const client = {
    channel: () => {
      const channel = new FakeChannel();
      channels.push(channel);
      return channel;
    },
    removeChannel: jest.fn(() => Promise.resolve('ok')),
    realtime: { setAuth, disconnect: jest.fn() },
  };
  const forgetToken = jest.fn();
  const session = { client: client as never, forgetToken };
  const connection = new LiveConnection();
  const stop = connection.start(session);
  const listener = { onMessage: jest.fn(), onJoined: jest.fn() };
  return { channels, client, setAuth, forgetToken, connection, session, stop, listener };
}

const settle = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('gives the client its token before it joins', async () => {
  const { connection, listener, channels, setAuth } = setUp();
  connection.listen('tasks', listener);
  expect(setAuth).toHaveBeenCalledTimes(1);
  expect(channels).toHaveLength(0);
  await settle();
  expect(channels).toHaveLength(1);
});

it('joins a topic once for all its listeners', async () => {
  const { connection, listener, channels } = setUp();
  connection.listen('tasks', listener);
  connection.listen('tasks', { ...listener });
  await settle();
  expect(channels).toHaveLength(1);
});

it('says to refetch on every join, also after an error', async () => {
  const { connection, listener, channels } = setUp();
  connection.listen('tasks', listener);
  await settle();
  for (const status of ['SUBSCRIBED', 'CHANNEL_ERROR', 'SUBSCRIBED'] as const) channels[0]?.status(status);
  expect(listener.onJoined).toHaveBeenCalledTimes(2);
});

it('says to refetch to one who comes after the join', async () => {
  const { connection, listener, channels } = setUp();
  connection.listen('tasks', { onMessage: jest.fn(), onJoined: jest.fn() });
  await settle();
  channels[0]?.status('SUBSCRIBED');
  connection.listen('tasks', listener);
  expect(listener.onJoined).toHaveBeenCalledTimes(1);
});

it('leaves the rejoin after an error to the client, with a fresh token', async () => {
  const { connection, listener, channels, forgetToken } = setUp();
  connection.listen('tasks', listener);
  await settle();
  channels[0]?.status('CHANNEL_ERROR');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(channels).toHaveLength(1);
  expect(forgetToken).toHaveBeenCalledTimes(1);
  expect(connection.link()).toBe('reconnecting');
});

it('builds a channel that closed by itself anew, with a fresh token', async () => {
  const { connection, listener, channels, forgetToken } = setUp();
  connection.listen('tasks', listener);
  await settle();
  channels[0]?.status('SUBSCRIBED');
  channels[0]?.status('CLOSED');
  expect(connection.link()).toBe('reconnecting');
  await jest.advanceTimersByTimeAsync(1_000);
  channels[1]?.status('SUBSCRIBED');
  expect(forgetToken).toHaveBeenCalled();
  expect(connection.link()).toBe('live');
});

it('does not build a channel anew that nobody listens to', async () => {
  const { connection, listener, channels } = setUp();
  const leave = connection.listen('tasks', listener);
  await settle();
  channels[0]?.status('CLOSED');
  leave();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(channels).toHaveLength(1);
});

it('ignores what an abandoned channel says later', async () => {
  const { connection, listener, channels } = setUp();
  connection.listen('tasks', listener);
  await settle();
  channels[0]?.status('CLOSED');
  await jest.advanceTimersByTimeAsync(1_000);
  channels[1]?.status('SUBSCRIBED');
  channels[0]?.status('CHANNEL_ERROR');
  expect(connection.link()).toBe('live');
});

it('joins again what is listened to when it is started again', async () => {
  const { connection, session, stop, listener, channels } = setUp();
  connection.listen('tasks', listener);
  await settle();
  stop();
  channels[0]?.status('CLOSED');
  connection.start(session);
  await settle();
  expect(channels).toHaveLength(2);
  channels[1]?.status('SUBSCRIBED');
  expect(connection.link()).toBe('live');
});

it('joins although the token could not be fetched: the client tries again', async () => {
  const { connection, listener, channels, setAuth } = setUp();
  setAuth.mockRejectedValueOnce(new Error('offline'));
  connection.listen('tasks', listener);
  await settle();
  expect(channels).toHaveLength(1);
});

it('hands messages to every listener', async () => {
  const { connection, listener, channels } = setUp();
  connection.listen('tasks', listener);
  await settle();
  channels[0]?.broadcast({ event: 'changes', payload: { tasks: [] } });
  expect(listener.onMessage).toHaveBeenCalledWith('changes', { tasks: [] });
});

it('leaves a topic with its last listener', async () => {
  const { connection, listener, client } = setUp();
  const leaveFirst = connection.listen('tasks', listener);
  const leaveSecond = connection.listen('tasks', { ...listener });
  await settle();
  leaveFirst();
  expect(client.removeChannel).not.toHaveBeenCalled();
  leaveSecond();
  expect(client.removeChannel).toHaveBeenCalledTimes(1);
});
