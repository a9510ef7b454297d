import { definition, queue } from '../testing/factories.ts';
import { commandsFor, matching } from './commands.ts';

const known = {
  definitions: [definition(), definition({ name: 'importCsv', title: 'Import a CSV', active: false })],
  queues: [queue(), queue({ name: 'held', paused: true })],
};
const labels = (role: 'viewer' | 'operator' | 'admin', typed = '') =>
  matching(commandsFor({ role, ...known }), typed).flatMap(([, commands]) => commands.map(({ label }) => label));

it('offers a viewer nothing that changes anything', () => {
  expect(labels('viewer').filter((label) => /New task|Pause|Resume/.test(label))).toEqual([]);
});

it('offers an operator what the state of things allows', () => {
  expect(labels('operator')).toEqual(
    expect.arrayContaining(['New task: Send message', 'Pause queue mail', 'Resume queue held']),
  );
  expect(labels('operator')).not.toContain('New task: Import a CSV');
  expect(labels('operator')).not.toContain('Audit log');
});

it.each([
  ['new send', ['New task: Send message']],
  ['sendM', ['New task: Send message', 'Send message (sendMessage)']],
  ['csv', ['Import a CSV (importCsv)']],
  ['dark', ['Use the dark theme']],
  ['pau', ['Pause queue mail']],
  ['nothing of that name', []],
])('finds by “%s” what begins with its words', (typed, expected) => {
  expect(labels('operator', typed)).toEqual(expected);
});

it('shows a part of a large group', () => {
  const queues = Array.from({ length: 100 }, (_, at) => queue({ name: `queue-${at}` }));
  const [, found] = matching(commandsFor({ role: 'viewer', definitions: [], queues }), 'queue').find(
    ([group]) => group === 'Queues',
  ) ?? ['Queues', []];
  expect(found).toHaveLength(8);
});
