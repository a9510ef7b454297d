import { openDatabase } from './client.ts';

test('after an outage, however long, Postgres is found again within a second', () => {
  const { backoff } = openDatabase('postgres://nobody@127.0.0.1:9/none').options;
  const pauses = [1, 5, 10, 1_000].map((failures) => (typeof backoff === 'function' ? backoff(failures) : undefined));
  expect(pauses).toEqual([0.1, 0.5, 1, 1]);
});
