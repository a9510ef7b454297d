import { log } from '#lib/observability/index';
import { broadcast, publishMissed } from './publish.ts';

const sent: string[] = [];
let isDown = false;
jest.mock('#lib/db/index', () => ({
  db:
    () =>
    async (_: TemplateStringsArray, payloads: string[], [event]: string[], [topic]: string[]) => {
      if (isDown) throw new Error('down');
      sent.push(`${topic} ${event} ${payloads[0]}`);
    },
}));

const missed = 'tasks missed {"refetch":true}';
const change = { topic: 'workers', event: 'changed', payload: {} };

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(log, 'warn').mockImplementation(() => undefined);
  sent.length = 0;
  isDown = false;
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('after messages that could not be sent the pages are told so once, as soon as they can be told anything', async () => {
  isDown = true;
  for (let times = 0; times < 3; times += 1) await broadcast([change]);
  await jest.advanceTimersByTimeAsync(12_000);
  isDown = false;
  expect(sent).toEqual([]);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([missed]);
});

test('what is to be told at the start is told later when it cannot be', async () => {
  isDown = true;
  await publishMissed();
  isDown = false;
  await jest.advanceTimersByTimeAsync(5_000);
  expect(sent).toEqual([missed]);
});

test('after messages that were sent nothing more is told', async () => {
  await broadcast([change]);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual(['workers changed {}']);
});
