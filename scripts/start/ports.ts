import { createServer } from 'node:net';
import type { LaunchConfig } from '#lib/config';
import { StartProblem } from './problem.ts';

/** A port that this copy will listen on, and the variable that sets it. */
export type PortUse = {
  variable: 'PORT' | 'WORKER_METRICS_PORT' | 'SUPABASE_PORT' | 'SUPABASE_DB_PORT';
  purpose: string;
  port: number;
  host: string;
};

/** All ports of a start; a copy on a Supabase of elsewhere needs fewer. */
export function portsOf(launch: LaunchConfig, embedded: boolean): PortUse[] {
  const { HOST: host } = launch;
  return [
    { variable: 'PORT', purpose: 'the web pages', port: launch.PORT, host },
    {
      variable: 'WORKER_METRICS_PORT',
      purpose: "the worker's metrics",
      port: launch.WORKER_METRICS_PORT,
      host: launch.WORKER_METRICS_HOST,
    },
    ...(embedded
      ? ([
          { variable: 'SUPABASE_PORT', purpose: 'Supabase', port: launch.SUPABASE_PORT, host },
          { variable: 'SUPABASE_DB_PORT', purpose: 'Postgres', port: launch.SUPABASE_DB_PORT, host: '127.0.0.1' },
        ] satisfies PortUse[])
      : []),
  ];
}

/**
 * Makes sure that every port is free and none is named twice.
 * @throws StartProblem that names the port, the variable and a free port
 */
export async function checkPorts(uses: PortUse[]): Promise<void> {
  for (const use of uses) {
    const twin = uses.find((other) => other.port === use.port && other.variable !== use.variable);
    if (twin)
      throw new StartProblem(`${use.variable} and ${twin.variable} are both ${use.port}`, 'Give each its own port.');
    const code = await tryPort(use.port, use.host);
    if (code !== undefined) throw explain(use, code, await freePortAbove(use, uses));
  }
}

function explain({ variable, purpose, port, host }: PortUse, code: string, free: number | undefined): StartProblem {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EINVAL') {
    return new StartProblem(
      `HOST is ${host}, which is not an address of this machine`,
      'Set HOST to 127.0.0.1 or 0.0.0.0.',
    );
  }
  if (code === 'EACCES')
    return new StartProblem(
      `Port ${port} for ${purpose} may be used by root only`,
      `Set ${variable} to 1024 or above.`,
    );
  const example = free === undefined ? 'a free one' : String(free);
  return new StartProblem(
    `Port ${port} for ${purpose} is in use by another program`,
    `Stop that program, or choose another port: ${variable}=${example} npm start`,
  );
}

/** Binding a port is the only sure answer to whether it is free. Returns the error's code, or undefined when it is. */
export function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

async function freePortAbove({ port, host }: PortUse, uses: PortUse[]): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + 50, 65_535); candidate += 1) {
    if (!uses.some((use) => use.port === candidate) && (await tryPort(candidate, host)) === undefined) return candidate;
  }
  return undefined;
}
