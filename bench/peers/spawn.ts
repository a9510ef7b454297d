import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { PeerName } from './names.ts';
import type { PeerPlace } from './peer.ts';
import type { Commands, Reply } from './process.ts';

/** A process of a peer, told what to do one command at a time. */
export type PeerProcess = {
  pid: number;
  tell<K extends keyof Commands>(
    command: K,
    ...input: Parameters<Commands[K]>
  ): Promise<Awaited<ReturnType<Commands[K]>>>;
  /** Closes the peer and ends the process. */
  close(): Promise<void>;
};

const closeTimeoutMs = 15_000;

/** Starts a process of the peer and opens the peer in it. `profileDir` takes a CPU profile of its whole life. */
export async function spawnPeer(name: PeerName, place: PeerPlace, profileDir?: string): Promise<PeerProcess> {
  const execArgv = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const child = fork('bench/peers/process.ts', {
    execArgv,
    // As npm start runs web and worker; what a peer says is for a person to see.
    env: { ...process.env, NODE_ENV: 'production' },
    // Standard output is the report's.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  await reply(child);
  const tell = async (command: string, input?: unknown): Promise<unknown> => {
    if (!child.connected) throw new Error('a process of the bench has ended');
    const answer = reply(child);
    // Should it end now, the answer says so.
    child.send({ command, input }, () => undefined);
    return answer;
  };
  await tell('open', { name, place }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    tell: tell as PeerProcess['tell'],
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      const impatience = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs);
      await tell('close').catch(() => child.kill('SIGKILL'));
      await exited;
      clearTimeout(impatience);
    },
  };
}

/** The answer to the last command. @throws Error with the process's own stack, or when it ended. */
function reply(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      act();
    };
    const onMessage = (message: Reply) =>
      settle(() => (message.ok ? resolve(message.value) : reject(new Error(message.error))));
    const onExit = (code: number | null, signal: string | null) =>
      settle(() => reject(new Error(`a process of the bench ended (${signal ?? code})`)));
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
