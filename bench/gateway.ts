import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalKeys } from '../supabase/local/keys.ts';
import { freePort } from '../scripts/start/free-port.ts';
import { answers } from '../scripts/start/health.ts';

const patienceMs = 60_000;

/** Starts the embedded Supabase API, as `npm start` does, on the database of `adminUrl`. */
export async function startGateway(adminUrl: string, keys: LocalKeys): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['supabase/local/main.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SUPABASE_PORT: String(port),
      SUPABASE_ADMIN_URL: adminUrl,
      SUPABASE_JWT_SECRET: keys.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
      SUPABASE_SECRET_KEY: keys.secretKey,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  for (const giveUpAt = Date.now() + patienceMs; !(await answers(`${url}/health`)); await pause(50)) {
    if (child.exitCode === null && Date.now() < giveUpAt) continue;
    await stop();
    throw new Error('the gateway of the bench does not answer');
  }
  return { url, stop };
}
