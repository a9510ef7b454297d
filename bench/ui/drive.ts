import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadCommands, LoadReply } from './load.ts';

/** The process that changes tasks. */
export type Load = {
  tell<K extends keyof LoadCommands>(
    command: K,
    ...input: Parameters<LoadCommands[K]>
  ): Promise<Awaited<ReturnType<LoadCommands[K]>>>;
  stop(): Promise<void>;
};

/** Starts to change so many tasks a second, or as many as the machine can. */
export async function startLoad(env: Record<string, string>, changesPerSecond: number): Promise<Load> {
  const child = fork('bench/ui/load.ts', [String(changesPerSecond)], {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const answer = async (): Promise<unknown> => {
    const [reply] = (await once(child, 'message')) as [LoadReply];
    if ('error' in reply) throw new Error(reply.error);
    return reply.value;
  };
  await answer();
  const tell = async (command: string, input?: unknown): Promise<unknown> => {
    const answered = answer();
    child.send({ command, input });
    return answered;
  };
  return {
    tell: tell as Load['tell'],
    stop: async () => {
      const exited = once(child, 'exit');
      // It may have ended by itself, and said why.
      if (!child.connected) return;
      child.disconnect();
      await exited;
    },
  };
}
