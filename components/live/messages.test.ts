import { readLogsMessage, readProgressMessage, readTasksMessage } from './messages.ts';

it('reads changed rows', () => {
  expect(readTasksMessage({ tasks: [] })).toEqual({ tasks: [] });
});

it('reads of which definitions it does not tell', () => {
  expect(readTasksMessage({ tasks: [], untold: ['probe'] })).toEqual({ tasks: [], untold: ['probe'] });
});

it('reads the word to refetch', () => {
  expect(readLogsMessage({ refetch: true })).toEqual({ refetch: true });
});

it.each([null, 'text', {}, { tasks: 'no list' }])('ignores %j', (payload) => {
  expect(readTasksMessage(payload)).toBeNull();
  expect(readLogsMessage(payload)).toBeNull();
  expect(readProgressMessage(payload)).toBeNull();
});
