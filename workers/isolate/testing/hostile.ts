import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { defineTask, PermanentError } from '#lib/tasks/define';

const megabyte = 1024 * 1024;

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
      'fill-heap',
      'fill-buffers',
      'write',
      'circular',
      'bigint',
      'deep',
      'nul',
      'forget-rejection',
      'throw-in-timer',
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
      case 'fill-heap': {
        const kept: unknown[] = [];
        for (;;) kept.push(Array.from({ length: 10_000 }, (_, n) => ({ n })));
      }
      case 'fill-buffers': {
        const kept: Buffer[] = [];
        while (kept.length < 4_000) kept.push(Buffer.alloc(megabyte, 1));
        return kept.length;
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
      case 'forget-rejection':
        void Promise.reject(new Error('rejected into the void'));
        return new Promise(() => undefined);
      case 'throw-in-timer':
        setTimeout(() => {
          throw new Error('thrown into the void');
        }, 0);
        return new Promise(() => undefined);
    }
  },
});
