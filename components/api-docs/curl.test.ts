import { execFileSync } from 'node:child_process';
import type { Operation } from '#lib/openapi/types';
import { curlExample } from './curl.ts';

const operation = (change: Partial<Operation> = {}): Operation => ({
  operationId: 'x',
  tags: ['x'],
  summary: 'x',
  'x-required-role': 'operator',
  security: [{ apiKey: [] }],
  parameters: [],
  responses: {},
  ...change,
});
const bodyOf = (example: unknown): Partial<Operation> => ({
  requestBody: { required: true, content: { 'application/json': { example } } },
});

/** What a shell makes of the command: its arguments. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)], {
    env: { ...process.env, TASKDECK_URL: 'http://deck', TASKDECK_API_KEY: 'tdk_x', ID: '7' },
    encoding: 'utf8',
  })
    .split('\0')
    .slice(0, -1);

test('reads with a key', () => {
  expect(argumentsOf(curlExample('get', '/api/tasks/{id}', operation()))).toEqual([
    'http://deck/api/tasks/7',
    '-H',
    'Authorization: Bearer tdk_x',
  ]);
});

test('sends a body through the shell unharmed', () => {
  const example = { message: `it's "$HOME" \\ and \`more\`` };
  const sent = argumentsOf(curlExample('post', '/api/tasks', operation(bodyOf(example))));
  expect(sent.slice(0, 3)).toEqual(['-X', 'POST', 'http://deck/api/tasks']);
  expect(JSON.parse(sent.at(-1) ?? '')).toEqual(example);
});

test('sends no key where none is asked for', () => {
  expect(curlExample('get', '/api/health', operation({ security: [] }))).toBe('curl "$TASKDECK_URL/api/health"');
});
