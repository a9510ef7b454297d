import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { defineTask, PermanentError } from '#lib/tasks/define';
import { growProcesses } from './process-tree.ts';

const megabyte = 1024 * 1024;
/** Files that may be opened at most, should the system allow more. */
const manyFiles = 25_000;
/** Resolved by a later handler of the same process. */
const told = Promise.withResolvers<void>();

function openFiles(count: number): void {
  for (let n = 0; n < count; n += 1) openSync('/dev/null', 'r');
}

/** An isolated handler whose payload chooses what it does to its process. */
export default defineTask({
  name: 'hostile',
  title: 'Hostile',
  payload: z.object({
    do: z.enum([
      'return',
      'talk',
      'emit',
      'emit-nonsense',
      'complete',
      'complete-and-exit',
      'heed',
      'throw',
      'throw-permanently',
      'reject-text',
      'spin',
      'spin-with-process',
      'never',
      'exit',
      'abort',
      'segv',
      'fill-heap',
      'fill-buffers',
      'fill-at-once',
      'open-files',
      'open-some-files',
      'open-files-and-fill',
      'fork-bomb',
      'leave-processes',
      'write',
      'circular',
      'bigint',
      'deep',
      'nul',
      'surrogates',
      'throw-surrogates',
      'forget-rejection',
      'throw-in-timer',
      'throw-after-return',
      'throw-when-told',
      'exit-at-next',
      'tell',
    ]),
    value: z.unknown().optional(),
  }),
  isolate: { memoryMb: 96 },
  timeout: 60_000,
  async run(payload, task) {
    switch (payload.do) {
      case 'return':
        return { pid: process.pid, value: payload.value, metadata: task.metadata, fence: task.fence };
      case 'talk':
        task.log.info('first', { n: 1 });
        task.progress({ done: 1, total: 2, message: 'half' });
        task.log.warn('second');
        return 'said';
      case 'emit': {
        const first = await task.emit('hostile', { do: 'return' }, { tags: ['child'] });
        const second = await task.emit('hostile', { do: 'return', value: 2 }, { key: 'second' });
        return [first.id, second.id];
      }
      case 'emit-nonsense':
        return task.emit('no-such-task').catch((error: unknown) => ({ caught: String(error) }));
      case 'complete':
      case 'complete-and-exit':
        await task.complete(async (sql) => {
          await sql`insert into effects (task_id) values (${task.id})`;
          return { kept: true };
        });
        if (payload.do === 'complete-and-exit') process.exit(7);
        throw new Error('what comes after changes nothing');
      case 'heed':
        task.log.info('listening');
        await delay(600_000, undefined, { signal: task.signal });
        return;
      case 'throw':
        throw new Error('it failed', { cause: new Error('because of this') });
      case 'throw-permanently':
        throw new PermanentError('it will never work');
      case 'reject-text':
        return Promise.reject('only a text');
      case 'spin':
      case 'spin-with-process':
        if (payload.do === 'spin-with-process')
          task.log.info('started', { pid: spawn('sleep', ['600'], { stdio: 'ignore' }).pid });
        task.log.info('spinning', { pid: process.pid });
        for (;;);
      case 'never':
        return new Promise(() => undefined);
      case 'exit':
        return process.exit(0);
      case 'abort':
        return process.abort();
      case 'segv':
        process.kill(process.pid, 'SIGSEGV');
        return new Promise(() => undefined);
      case 'fill-heap': {
        const kept: unknown[] = [];
        for (;;) kept.push(Array.from({ length: 10_000 }, (_, n) => ({ n })));
      }
      case 'fill-buffers': {
        const kept: Buffer[] = [];
        while (kept.length < 4_000) kept.push(Buffer.alloc(megabyte, 1));
        return kept.length;
      }
      case 'fill-at-once':
        return Buffer.alloc(4_000 * megabyte, 1).length;
      case 'open-files':
        openFiles(manyFiles);
        throw new Error('as many files are open as it wanted');
      case 'open-some-files':
        openFiles(200);
        return process.pid;
      case 'open-files-and-fill':
        try {
          openFiles(manyFiles);
        } catch {
          // None is left to open.
        }
        return Buffer.alloc(4_000 * megabyte, 1).length;
      case 'fork-bomb':
      case 'leave-processes': {
        const counts = await Promise.all([growProcesses({ detached: false }), growProcesses({ detached: true })]);
        task.log.info('started', { pid: process.pid, processes: counts[0] + counts[1] });
        if (payload.do === 'fork-bomb') for (;;);
        return process.pid;
      }
      case 'write':
        for (let n = 0; n < 100; n += 1)
          if (!process.stdout.write(`${'x'.repeat(megabyte - 1)}\n`)) await once(process.stdout, 'drain');
        process.stdout.write('the last words\n');
        return 'written';
      case 'circular': {
        const circle: Record<string, unknown> = {};
        circle['self'] = circle;
        return circle;
      }
      case 'bigint':
        return { n: 1n };
      case 'deep': {
        let deep: unknown[] = [];
        for (let n = 0; n < 1_000_000; n += 1) deep = [deep];
        return deep;
      }
      case 'nul':
        return { text: 'a\u0000b', half: '\ud800' };
      case 'surrogates':
        task.log.info('half \udfff', { '\ud800': '\udfff' });
        task.progress({ done: 1, total: 2, message: 'half \ud800' });
        return { '\ud800': ['\udfff'] };
      case 'throw-surrogates':
        throw new Error('half \ud800 and \u0000');
      case 'forget-rejection':
        void Promise.reject(new Error('rejected into the void'));
        return new Promise(() => undefined);
      case 'throw-in-timer':
        setTimeout(() => {
          throw new Error('thrown into the void');
        }, 0);
        return new Promise(() => undefined);
      case 'throw-after-return':
        setTimeout(() => {
          throw new Error('thrown after its end');
        }, 50);
        return 'returned';
      case 'throw-when-told':
        void told.promise.then(() =>
          setTimeout(() => {
            throw new Error('thrown after its end');
          }, 0),
        );
        return process.pid;
      case 'exit-at-next':
        process.prependOnceListener('message', () => process.exit(0));
        return process.pid;
      case 'tell':
        told.resolve();
        await delay(20);
        return process.pid;
    }
  },
});
