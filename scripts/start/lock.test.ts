import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { takeLock } from './lock.ts';
import { livingProcess, writeRecord } from './process-record.ts';
import { writeFileSync } from 'node:fs';
import { temporaryFolder } from './testing.ts';

describe('takeLock', () => {
  const temporary = temporaryFolder();
  const file = () => join(temporary(), 'lock.json');

  it('is refused while another process holds it, and given after that one died', async () => {
    const holder = spawn('sleep', ['60']);
    await once(holder, 'spawn');
    const pid = holder.pid ?? 0;
    writeRecord(file(), pid);
    expect(takeLock(file())).toEqual({ holder: pid });

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = takeLock(file());
    expect(livingProcess(file())).toBe(process.pid);
    if ('release' in lock) lock.release();
    expect(livingProcess(file())).toBeUndefined();
  });

  it('does not take a later process with the same id for the holder', () => {
    writeFileSync(file(), JSON.stringify({ pid: process.ppid, startedAt: 'long ago' }));
    expect(takeLock(file())).toHaveProperty('release');
  });

  it('survives a damaged lock file', () => {
    writeFileSync(file(), '{"pid":');
    expect(takeLock(file())).toHaveProperty('release');
  });
});
