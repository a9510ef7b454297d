import { startPostgres as startServer } from '../../supabase/local/postgres.ts';
import { signalProcess } from './child.ts';
import type { Running } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import { startService } from './service.ts';
import type { Service } from './service.ts';

type Options = { folder: DataFolder; port: number; adminPassword: string; signal: AbortSignal };

/**
 * Starts Postgres on the data folder. Its leftovers are found by supabase/local itself, so it has no record of ours.
 * @throws LocalStackError or StartProblem when it does not start
 */
export async function startPostgres({
  folder,
  port,
  adminPassword,
  signal,
}: Options): Promise<{ service: Service; adminUrl: string }> {
  const logFile = folder.file('logs', 'postgres.log');
  let adminUrl = '';
  const start = async (): Promise<Running> => {
    const server = await startServer({ dataDir: folder.file('postgres'), port, adminPassword, logFile });
    adminUrl = server.adminUrl;
    return {
      pid: server.pid,
      exited: server.exited,
      stop: () => server.stop(),
      // An immediate shutdown: what was committed is recovered at the next start.
      kill: () => signalProcess(server.pid, 'SIGQUIT'),
    };
  };
  const service = await startService(
    { name: 'postgres', start, healthy: () => Promise.resolve(true), logFile, patienceMs: 60_000 },
    signal,
  );
  return { service, adminUrl };
}
