import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { withContext } from './context.ts';
import { formatLine } from './log-line.ts';
import { closeLog, configureLog, log } from './log.ts';
import { metrics } from './metrics.ts';

function line(message: string, fields?: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(formatLine({ level: 'info', message, service: 'test', fields }));
}

/** Runs a script on the real logger in a process of its own, and returns the lines on its stdout. */
function run(script: string, env: Partial<NodeJS.ProcessEnv> = {}): Record<string, unknown>[] {
  const prelude = `import { closeLog, configureLog, log, withContext } from '${resolve('lib/observability/index.ts')}';`;
  const child = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', prelude + script], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
  });
  expect(child.stderr).toBe('');
  return child.stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));
}

describe('a line', () => {
  test('begins with ts, level, msg, service, version, then context, then fields', () => {
    const printed = withContext({ taskId: 't1', attempt: 2 }, () => line('hello', { rowCount: 3 }));
    expect(Object.keys(printed)).toEqual([
      'ts',
      'level',
      'msg',
      'service',
      'version',
      'task_id',
      'attempt',
      'row_count',
    ]);
    expect(new Date(String(printed.ts)).toISOString()).toBe(printed.ts);
    expect(printed.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test('cannot be forged by its fields or its text', () => {
    const text = formatLine({
      level: 'info',
      message: 'a\n{"level":"error"}\r\u2028',
      service: 'test',
      fields: { level: 'x', ts: 1, note: 'b\nc' },
    });
    expect(text).not.toMatch(/[\n\r]/);
    expect(JSON.parse(text)).toMatchObject({ level: 'info', field_level: 'x', field_ts: 1, note: 'b\nc' });
  });

  test('redacts message, context and fields', () => {
    const text = withContext({ requestId: 'tdk_canary12345' }, () =>
      formatLine({
        level: 'info',
        message: 'redis://:canary@h',
        service: 'test',
        fields: { headers: { Authorization: 'canary' } },
      }),
    );
    expect(text).not.toContain('canary');
  });
});

describe('the logger', () => {
  test('prints errors at depth, and a `message` field does not run into the text', () => {
    const [first] = run(`
      configureLog({ service: 'unit' });
      log.error('failed', { err: new Error('outer', { cause: new Error('inner') }), message: 'extra' });
      await closeLog();`);
    expect(first).toMatchObject({
      level: 'error',
      msg: 'failed',
      service: 'unit',
      message: 'extra',
      err: { message: 'outer', cause: { message: 'inner' } },
    });
  });

  test('closeLog flushes thousands of lines, may be called twice, and the log opens again', () => {
    const lines = run(`
      for (let n = 0; n < 5000; n += 1) log.info('n', { n });
      await closeLog();
      await closeLog();
      log.info('again');
      await closeLog();
      process.exit(0);`);
    expect(lines).toHaveLength(5001);
    expect(lines.at(-1)).toMatchObject({ msg: 'again' });
  });

  test('takes its level from configureLog, else LOG_LEVEL, and can change it while running', () => {
    const script = `
      log.debug('one');
      configureLog({ service: 'unit', level: 'warn' });
      log.info('two');
      configureLog({ service: 'unit', level: 'debug' });
      log.debug('three');
      await closeLog();`;
    expect(run(script).map(({ msg }) => msg)).toEqual(['three']);
    expect(run(script, { LOG_LEVEL: 'debug' }).map(({ msg }) => msg)).toEqual(['one', 'three']);
  });

  test('is silent in tests unless LOG_LEVEL is set', () => {
    const script = `log.error('x'); await closeLog();`;
    expect(run(script, { NODE_ENV: 'test' })).toHaveLength(0);
    expect(run(script, { NODE_ENV: 'test', LOG_LEVEL: 'info' })).toHaveLength(1);
    expect(run(`configureLog({ service: 'x', silent: true }); ${script}`)).toHaveLength(0);
  });

  test('counts lines by level, and not those below the level', async () => {
    const count = async (level: string) =>
      (await metrics.logLinesTotal.get()).values.find(({ labels }) => labels.level === level)?.value ?? 0;
    const [warnings, debugs] = [await count('warn'), await count('debug')];
    configureLog({ service: 'unit', silent: true });
    log.warn('counted');
    log.debug('not');
    await closeLog();
    expect([await count('warn'), await count('debug')]).toEqual([warnings + 1, debugs]);
  });
});
