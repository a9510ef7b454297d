import { Channel } from './channel.ts';
import { Broadcast, Hub } from './hub.ts';

const identity = { role: 'anon' as const, sub: '', claims: {}, expiresAt: null, token: '' };

function message(id: string, text = id): Broadcast {
  return new Broadcast({
    topic: 'realtime:room',
    event: text,
    payload: Buffer.from('{}'),
    encoding: 'json',
    meta: { id },
  });
}

function openChannel(): { channel: Channel; sent: string[] } {
  const sent: string[] = [];
  const owner = { send: (broadcast: Broadcast) => void sent.push(broadcast.content.event), onExpired: () => {} };
  const channel = new Channel(
    { topic: 'realtime:room', joinRef: '1', isPrivate: true, ack: false, self: false },
    identity,
    owner,
  );
  return { channel, sent };
}

test('live messages wait until the replayed ones are out', () => {
  const { channel, sent } = openChannel();
  channel.deliver(message('3'));
  expect(sent).toEqual([]);
  channel.open([message('1'), message('2')]);
  expect(sent).toEqual(['1', '2', '3']);
});

test('a message that was replayed is not sent again when it comes live', () => {
  const { channel, sent } = openChannel();
  channel.deliver(message('2', 'held'));
  channel.open([message('1'), message('2')]);
  channel.deliver(message('1', 'live'));
  channel.deliver(message('4'));
  expect(sent).toEqual(['1', '2', '4']);
});

test('public and private channels of one name do not hear each other', () => {
  const hub = new Hub();
  const { channel, sent } = openChannel();
  channel.open([]);
  hub.add(channel);
  hub.publish(message('a').content, false);
  hub.publish(message('b').content, true);
  expect(sent).toEqual(['b']);
});

test('a topic without members is forgotten', () => {
  const hub = new Hub();
  const { channel } = openChannel();
  hub.add(channel);
  hub.remove(channel);
  expect(hub.topicCount).toBe(0);
});
