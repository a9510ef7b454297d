import { closeEngine, migratePostgresEngine, openEngine, useEngine } from '#lib/queues/index';
import type { EngineOptions, QueueEngine } from '#lib/queues/index';
import { testStack } from './environment.ts';

/** Every engine that Taskdeck runs on: `describe.each(testEngines)` drives a contract through both. */
export const testEngines = ['redis', 'postgres'] as const satisfies QueueEngine['kind'][];

/**
 * Opens an engine on this file's database and queue prefix and makes it the process's `engine()`. Call it after
 * `testDatabase()`; close it by `closeEngine()` before the database is dropped. An engine of before is closed.
 */
export async function useTestEngine(kind: QueueEngine['kind']): Promise<QueueEngine> {
  await closeEngine();
  const opened = openEngine(await testEngineOptions(kind));
  useEngine(opened);
  return opened;
}

/** How to open the engine of that kind, for tests that open two of one. */
export async function testEngineOptions(kind: QueueEngine['kind']): Promise<EngineOptions> {
  const { DATABASE_URL, QUEUE_PREFIX } = process.env;
  if (!DATABASE_URL || !QUEUE_PREFIX) throw new Error('call testDatabase() before useTestEngine()');
  const { redisUrl } = testStack();
  if (kind === 'redis') return { kind, redisUrl, prefix: QUEUE_PREFIX };
  await migratePostgresEngine(DATABASE_URL);
  return { kind, databaseUrl: DATABASE_URL };
}
