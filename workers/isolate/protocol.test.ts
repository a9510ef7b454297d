import { TaskdeckError } from '#lib/errors';
import { LeaseLost, TaskCancelled, TaskTimeout, WorkerStopping } from '../runner/classify.ts';
import { abortOrder, type Order, readOrder, readReport, refusalOrder, toReason, toRefusal } from './protocol.ts';

/** As the channel carries it. */
const sent = (order: Order): Order | undefined => readOrder(JSON.parse(JSON.stringify(order)));

test.each([TaskCancelled, TaskTimeout, LeaseLost, WorkerStopping])('%p arrives as what it is', (Reason) => {
  const order = sent(abortOrder(new Reason('why')));
  if (order?.type !== 'abort') throw new Error('no abort arrived');
  const reason = toReason(order.reason);
  expect(reason).toBeInstanceOf(Reason);
  expect(reason.message).toBe('why');
});

test('an abort for another reason still aborts', () => {
  expect(sent(abortOrder('because'))).toMatchObject({ type: 'abort', reason: { name: 'TaskCancelled' } });
});

test('a refusal arrives as the error that it is', () => {
  const error = new TaskdeckError('invalid', 'wrong', { hint: 'mend it', fields: [{ pointer: '/a', message: 'no' }] });
  const order = sent(refusalOrder(1, error));
  if (order?.type !== 'refusal') throw new Error('no refusal arrived');
  const arrived = toRefusal(order.error);
  expect(arrived).toBeInstanceOf(TaskdeckError);
  expect(arrived).toMatchObject({ code: 'invalid', message: 'wrong', hint: 'mend it', fields: error.fields });
});

test('another error arrives with its message and no more', () => {
  const order = sent(refusalOrder(1, Object.assign(new Error('lost'), { query: 'secret' })));
  expect(order).toEqual({ type: 'refusal', call: 1, error: { message: 'lost' } });
});

test.each([undefined, 'ready', { type: 'npm' }, { type: 'log', level: 'loud', message: 'x', fields: null }])(
  '%j is no report of ours',
  (message) => {
    expect(readReport(message)).toBeUndefined();
  },
);

test('an ending arrives whole, with its causes', () => {
  const report = {
    type: 'ended',
    completed: false,
    spent: false,
    ending: {
      state: 'retrying',
      outcome: 'failure',
      delayMs: 10,
      error: { name: 'Error', message: 'x', stack: 'at', retryable: false, cause: { name: 'Error', message: 'y' } },
    },
  };
  expect(readReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
});
