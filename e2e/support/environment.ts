import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What `npm run test:e2e` says of the copy under test; see playwright.config.ts. */
export const environment = z
  .object({
    TASKDECK_URL: z.url(),
    TASKDECK_ADMIN_EMAIL: z.email(),
    TASKDECK_ADMIN_PASSWORD: z.string(),
    TASKDECK_API_KEY: z.string(),
    TASKDECK_DATA_DIR: z.string(),
    TASKDECK_METRICS_TOKEN: z.string(),
    WORKER_METRICS_PORT: z.string(),
    SUPABASE_URL: z.url(),
    DATABASE_URL: z.url(),
  })
  .parse(process.env);

/** The process id of a part of the copy: `worker`, `gateway`, `web` or `redis`; undefined while it is down. */
export function processOf(part: 'worker' | 'gateway' | 'web' | 'redis'): number | undefined {
  try {
    return z
      .object({ pid: z.int() })
      .parse(JSON.parse(readFileSync(join(environment.TASKDECK_DATA_DIR, 'run', `${part}.json`), 'utf8'))).pid;
  } catch {
    return undefined;
  }
}

/** Kills a part and all its processes the hard way; its supervisor starts it again. */
export function killPart(part: Parameters<typeof processOf>[0]): void {
  const pid = processOf(part);
  if (pid === undefined) throw new Error(`${part} does not run`);
  process.kill(-pid, 'SIGKILL');
}
