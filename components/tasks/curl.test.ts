import { execFileSync } from 'node:child_process';
import { submitCurl } from './curl.ts';

it('is a command that a shell takes apart as it was meant', () => {
  const input = { definition: 'say', payload: { message: `it's "fine" $HOME \`id\` \\ \n` } };
  const command = submitCurl('https://deck.example', input).replace(/^curl/, `printf '%s\\0'`);
  const words = execFileSync('sh', ['-c', command], { env: { ...process.env, TASKDECK_API_KEY: 'secret' } })
    .toString()
    .split('\0');
  expect(words.slice(0, 4)).toEqual(['-X', 'POST', 'https://deck.example/api/tasks', '-H']);
  expect(words).toContain('Authorization: Bearer secret');
  expect(JSON.parse(words.at(-2) ?? '')).toEqual(input);
});
