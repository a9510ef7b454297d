import { startChild } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import { nextProgram } from './build.ts';
import { answers } from './health.ts';
import { recordFile } from './leftovers.ts';
import type { ServiceName } from './leftovers.ts';
import { startService } from './service.ts';
import type { Service } from './service.ts';

/** A server of ours that Node runs. */
export type Program = {
  name: ServiceName;
  args: string[];
  env: Record<string, string>;
  /** Answers with a 2xx when it can serve. */
  healthUrl: string;
  patienceMs: number;
  graceMs: number;
};

export const startProgram = (
  folder: DataFolder,
  { name, args, env, healthUrl, patienceMs, graceMs }: Program,
  signal: AbortSignal,
): Promise<Service> => {
  const logFile = folder.file('logs', `${name}.log`);
  return startService(
    {
      name,
      start: () => startChild({ file: process.execPath, args, env, logFile, graceMs }),
      healthy: () => answers(healthUrl),
      recordFile: recordFile(folder, name),
      logFile,
      patienceMs,
    },
    signal,
  );
};

export type Mode = 'start' | 'dev';
type Address = { host: string; port: number; url: string };

/** The gateway: Auth, REST and Realtime on one port. */
export const gateway = (env: Record<string, string>, url: string): Program => ({
  name: 'gateway',
  args: ['supabase/local/main.ts'],
  env: { NODE_ENV: 'production', ...env },
  healthUrl: `${url}/health`,
  patienceMs: 60_000,
  graceMs: 10_000,
});

/** The workers end their running tasks or give them back before they stop. Node watches no files of a pool's processes. */
export const worker = (mode: Mode, env: Record<string, string>, url: string): Program => ({
  name: 'worker',
  args: mode === 'dev' ? ['--watch', '--watch-preserve-output', 'workers/main.ts'] : ['workers/pool/main.ts'],
  env: { NODE_ENV: nodeEnv(mode), ...env },
  healthUrl: `${url}/health`,
  patienceMs: 60_000,
  graceMs: 50_000,
});

/** The Next.js app. */
export const web = (mode: Mode, env: Record<string, string>, { host, port, url }: Address): Program => ({
  name: 'web',
  args: [nextProgram, mode === 'dev' ? 'dev' : 'start', '-p', String(port), '-H', host],
  env: { NODE_ENV: nodeEnv(mode), ...env },
  healthUrl: `${url}/api/health`,
  patienceMs: 120_000,
  graceMs: 15_000,
});

const nodeEnv = (mode: Mode): string => (mode === 'dev' ? 'development' : 'production');
