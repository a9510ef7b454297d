import type { LaunchConfig } from '#lib/config';
import { reachable } from './health.ts';
import type { EngineChoice } from './queue-engine.ts';
import type { Secrets } from './secrets.ts';

export type SummaryInput = {
  launch: LaunchConfig;
  secrets: Secrets;
  engine: EngineChoice;
  supabaseUrl: string;
  dataFolder: string;
};

/** The page's address as a person types it. */
export function pageAddress({ HOST, PORT }: Pick<LaunchConfig, 'HOST' | 'PORT'>): string {
  const local = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(HOST);
  return `http://${local ? 'localhost' : reachable(HOST)}:${PORT}`;
}

/** The lines that `npm start` ends its start with. */
export function summary({ launch, secrets, engine, supabaseUrl, dataFolder }: SummaryInput): string[] {
  const chosen = launch.TASKDECK_ADMIN_PASSWORD !== undefined || secrets.adminPasswordChosen;
  const password = chosen ? 'the password that you set in TASKDECK_ADMIN_PASSWORD' : secrets.adminPassword;
  const rows: [string, string][] = [
    ['Open', pageAddress(launch)],
    ['Sign in', `${launch.TASKDECK_ADMIN_EMAIL}  ${password}`],
    ['Queue engine', engineText(engine)],
    ['Supabase', supabaseUrl],
    ['Data and logs', dataFolder],
    ['Try', 'npm run demo'],
    ['Stop', 'Ctrl-C'],
  ];
  return [
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(15)}${value}`),
    '',
    `Taskdeck is ready: ${pageAddress(launch)}`,
  ];
}

/** Which engine runs, without the password that its address may hold. */
export function engineText(engine: EngineChoice): string {
  if (engine.kind === 'postgres')
    return `BullMQ on Postgres (${[engine.reason, engine.advice].filter(Boolean).join('; ')})`;
  if (engine.kind === 'redis-local')
    return `BullMQ on Redis ${engine.program.version} (${engine.program.file}, private to this copy)`;
  return `BullMQ on the Redis at ${new URL(engine.url).host}`;
}
