import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { localPrometheusConfig } from './prometheus-config.ts';

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  data: z.unknown(),
  error: z.string().optional(),
});

export type Prometheus = {
  url: string;
  /** Calls /api/v1/`path`; throws with Prometheus' own words if it refuses. */
  api(path: string, parameters?: Record<string, string>): Promise<unknown>;
  stop(): Promise<void>;
};

/** Starts a Prometheus of its own on loopback, with an empty store, the product's rules and a scrape every second. */
export async function startPrometheus(options: {
  binary: string;
  web: string[];
  worker: string[];
  token: string;
}): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'taskdeck-prometheus-'));
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, options.token, { mode: 0o600 });
  const config = localPrometheusConfig({ web: options.web, worker: options.worker, tokenFile, interval: '1s' });
  await writeFile(join(folder, 'prometheus.yml'), config);

  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    options.binary,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const output = collectOutput(child);
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://${address}`;
  try {
    await ready(url, child, output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, api: (path, parameters) => call(url, path, parameters), stop };
}

async function call(url: string, path: string, parameters: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const answer = answerSchema.parse(await response.json());
  if (answer.status === 'error') throw new Error(answer.error ?? 'Prometheus refused');
  return answer.data;
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (child.exitCode !== null || child.pid === undefined) break;
    const response = await fetch(`${url}/-/ready`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Prometheus did not start: ${output()}`);
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4_000);
  });
  child.on('error', (error) => {
    text += error.message;
  });
  return () => text;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(timer);
}

/** Prometheus does not say which port it got for 0, so we find a free one first. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
