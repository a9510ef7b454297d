import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, rotateLog } from './log-file.ts';
import { temporaryFolder } from './testing.ts';

describe('rotateLog', () => {
  const temporary = temporaryFolder();

  it('keeps a log that is too long beside an empty one, which the writer goes on with', () => {
    const file = join(temporary(), 'web.log');
    writeFileSync(file, 'old\n');
    rotateLog(file, 3);
    writeFileSync(file, 'new\n', { flag: 'a' });
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('old\n');
  });

  it('leaves a short log alone', () => {
    const file = join(temporary(), 'web.log');
    writeFileSync(file, 'a\nb\nc\n');
    rotateLog(file, 6);
    expect(lastLines(file, 2)).toBe('b\nc');
  });
});
