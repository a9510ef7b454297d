import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { freePort } from '../start/free-port.ts';
import { lastLines } from '../start/log-file.ts';

export type WholeApp = {
  /** What the tests are told: see playwright.config.ts. */
  env: Record<string, string>;
  showLogs(): void;
  /** Stops it in order and removes its data. Returns the exit code. */
  stop(): Promise<number>;
};

const adminPassword = 'e2e-password';

/**
 * Runs scripts/start.ts on free ports and a data folder of its own. Returns undefined, its output shown, when it does not start.
 * @param extra further variables of its environment
 */
export async function startWholeApp(
  engine: 'auto' | 'postgres',
  extra: Record<string, string> = {},
): Promise<WholeApp | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'taskdeck-e2e-'));
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const settings = {
    PORT: String(port),
    WORKER_METRICS_PORT: String(await freePort()),
    SUPABASE_PORT: String(await freePort()),
    SUPABASE_DB_PORT: String(await freePort()),
    TASKDECK_DATA_DIR: dataDir,
    TASKDECK_ADMIN_PASSWORD: adminPassword,
    QUEUE_ENGINE: engine,
    ...extra,
  };
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...settings },
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await exited;
    rmSync(folder, { recursive: true, force: true });
    return typeof code === 'number' ? code : 1;
  };
  if (!(await isReady(child.stdout))) {
    await stop();
    return undefined;
  }
  return {
    env: {
      ...readEnvironment(join(dataDir, 'run', 'environment.json')),
      ...settings,
      TASKDECK_URL: `http://localhost:${port}`,
    },
    showLogs: () => showLogs(join(dataDir, 'logs')),
    stop,
  };
}

/** Shows what the start says. False when it ends before it is ready. */
function isReady(output: NodeJS.ReadableStream): Promise<boolean> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: output });
    lines.on('line', (line) => {
      console.log(`  ${line}`);
      if (line.startsWith('Taskdeck is ready:')) resolve(true);
    });
    lines.once('close', () => resolve(false));
  });
}

const readEnvironment = (file: string): Record<string, string> =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));

function showLogs(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log') && file !== 'build.log')) {
    console.log(`\n── ${name} (its end) ──\n${lastLines(join(folder, name), 40)}`);
  }
}
