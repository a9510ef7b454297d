import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { startChild } from './child.ts';
import { lastLines } from './log-file.ts';
import { livingProcess } from './process-record.ts';
import { startService } from './service.ts';
import { temporaryFolder } from './testing.ts';

describe('startService', () => {
  const temporary = temporaryFolder();
  let lines: string[] = [];

  beforeEach(() => {
    lines = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  /** A shell script as a service. */
  const options = (script: string, healthy = () => Promise.resolve(true)) => ({
    name: 'probe',
    start: () =>
      startChild({ file: 'sh', args: ['-c', script], logFile: join(temporary(), 'probe.log'), graceMs: 300 }),
    healthy,
    recordFile: join(temporary(), 'probe.json'),
    logFile: join(temporary(), 'probe.log'),
    patienceMs: 3_000,
  });

  const until = async (condition: () => boolean) => {
    for (const end = Date.now() + 5_000; !condition();) {
      if (Date.now() > end) throw new Error(`still not so after five seconds; said so far: ${lines.join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('starts a process that was killed again, and stops it for good when told', async () => {
    const service = await startService(options('exec sleep 60'), new AbortController().signal);
    const first = livingProcess(options('').recordFile) ?? 0;
    process.kill(first, 'SIGKILL');
    await until(() => ![undefined, first].includes(livingProcess(options('').recordFile)));
    await until(() => lines.includes('✓ probe runs again'));
    expect(lines[0]).toMatch(/probe ended \(signal SIGKILL\); it is started again in 0.5 s/);

    await service.stop();
    await service.stop();
    expect(existsSync(options('').recordFile)).toBe(false);
  });

  it('reports a process that ends on its first start, with the end of its log', async () => {
    const failing = startService(
      options('echo no such table; exit 3', () => Promise.resolve(false)),
      new AbortController().signal,
    );
    await expect(failing).rejects.toMatchObject({
      message: 'probe ended (exit code 3)',
      hint: expect.stringContaining('no such table'),
    });
  });

  it('ends a process that does not end by itself, and what it started', async () => {
    const trapped = () => Promise.resolve(lastLines(options('').logFile, 1) === 'ready');
    const stubborn = options("trap '' TERM; sleep 61 & echo ready; while :; do sleep 0.05; done", trapped);
    const service = await startService(stubborn, new AbortController().signal);
    const before = performance.now();
    await service.stop();
    expect(performance.now() - before).toBeGreaterThanOrEqual(290);
    expect(livingProcess(options('').recordFile)).toBeUndefined();
  });
});
