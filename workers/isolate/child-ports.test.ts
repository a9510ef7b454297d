import { createChildPorts } from './child-ports.ts';
import type { Report } from './protocol.ts';

function link() {
  const sent: Report[] = [];
  const made = createChildPorts((report) => void sent.push(report), new AbortController().signal);
  return { ...made, sent };
}

const callOf = (report: Report | undefined): number => (report && 'call' in report ? report.call : NaN);

test('a loop that reports each of its steps sends few of them, and the last', () => {
  const { ports, end, sent } = link();
  for (let done = 1; done <= 10_000; done += 1) ports.progress({ done, total: 10_000 });
  end();
  expect(sent.length).toBeLessThan(1_000);
  expect(sent[0]).toEqual({ type: 'progress', value: { done: 1, total: 10_000 } });
  expect(sent.at(-1)).toEqual({ type: 'progress', value: { done: 10_000, total: 10_000 } });
});

test('a report that was sent is not sent again at the end', () => {
  const { ports, end, sent } = link();
  ports.progress(0.5);
  end();
  expect(sent).toEqual([{ type: 'progress', value: 0.5 }]);
});

test('each call gets its own answer', async () => {
  const { ports, settle, sent } = link();
  const [first, second] = [ports.emit('a', 1), ports.emit('b', 2)];
  expect(sent).toMatchObject([
    { type: 'emit', name: 'a', payload: 1 },
    { type: 'emit', name: 'b', payload: 2 },
  ]);
  settle({ type: 'refusal', call: callOf(sent[1]), error: { message: 'no' } });
  settle({ type: 'answer', call: callOf(sent[0]), id: 'x' });
  await expect(first).resolves.toEqual({ id: 'x' });
  await expect(second).rejects.toThrow('no');
});

test('an answer to no call is nobody’s', () => {
  expect(() => link().settle({ type: 'answer', call: 7 })).not.toThrow();
});

test('no two handlers of a process ask under the same number', () => {
  const [one, other] = [link(), link()];
  void one.ports.emit('a');
  void other.ports.emit('a');
  expect(callOf(one.sent[0])).not.toBe(callOf(other.sent[0]));
});

test('after its end a handler says and asks nothing', async () => {
  const { ports, end, sent } = link();
  end();
  ports.log.info('late');
  ports.progress(0.5);
  ports.heartbeat();
  await expect(ports.emit('a')).rejects.toThrow('The attempt has ended');
  await expect(ports.flush()).rejects.toThrow('The attempt has ended');
  expect(sent).toEqual([]);
});

test('a payload that no message can carry is an error of the emit', async () => {
  const made = createChildPorts((report) => void JSON.stringify(report), new AbortController().signal);
  await expect(made.ports.emit('a', { n: 1n })).rejects.toThrow('BigInt');
});

test('a log line is plain data and without secrets before it is sent', () => {
  const { ports, sent } = link();
  ports.log.info('x\u0000', { password: 'hunter2', n: 1n });
  expect(sent).toEqual([
    { type: 'log', level: 'info', message: 'x\ufffd', fields: { password: '[redacted]', n: '1' } },
  ]);
});
