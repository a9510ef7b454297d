import { TaskdeckError } from '#lib/errors';
import { cleanFileName } from './file-name.ts';

test.each([
  ['message.wav', 'message.wav'],
  ['/etc/passwd', 'passwd'],
  ['../../x.csv', 'x.csv'],
  ['C:\\Users\\ada\\x.csv', 'x.csv'],
  ['..\\..\\x.csv', 'x.csv'],
  ['  spaced name .wav ', 'spaced name .wav'],
  ['Gru\u0308\u00dfe.txt', 'Gr\u00fc\u00dfe.txt'],
  ['日本語.json', '日本語.json'],
  ['.hidden', '.hidden'],
  ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
  ['👋'.repeat(255), '👋'.repeat(255)],
])('%j is kept as %j', (given, expected) => {
  expect(cleanFileName(given)).toBe(expected);
});

test.each([
  '',
  ' ',
  '/',
  'dir/',
  '..',
  '.',
  'a/..',
  '\\',
  'x'.repeat(256),
  '👋'.repeat(256),
  'a\0.wav',
  'a\nb',
  'a\x7fb',
  'a\x9bb',
  'fdp\u202ewav.exe',
  'a\u2066b',
  'a\u200eb',
  'a\u061cb',
  'a\u200bb',
  'a\ufeffb',
  'a\u2028b',
  'a\ud800b',
])('%j is refused at /name', (given) => {
  let thrown: unknown;
  try {
    cleanFileName(given);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(TaskdeckError);
  expect(thrown).toMatchObject({ code: 'invalid', fields: [{ pointer: '/name', message: expect.any(String) }] });
});
