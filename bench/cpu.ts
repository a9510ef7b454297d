import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in microseconds, user and system together. */
export type Cpu = { worker: number; postgres: number; redis: number };

type Process = { pid: number; parent: number; name: string; micros: number; ofEnded: number };

/** A tick of /proc, which is the same on every Linux. */
const tickMicros = 10_000;

/** See proc_pid_stat(5). */
function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const nameEnd = stat.lastIndexOf(')');
    const fields = stat.slice(nameEnd + 2).split(' ');
    const ticks = (first: number): number => (Number(fields[first]) + Number(fields[first + 1])) * tickMicros;
    return {
      pid,
      parent: Number(fields[1]),
      name: stat.slice(stat.indexOf('(') + 1, nameEnd),
      micros: ticks(11),
      ofEnded: ticks(13),
    };
  } catch {
    // It has ended since it was listed.
    return undefined;
  }
}

function readProcesses(): Process[] {
  try {
    return readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? (readProcess(Number(entry)) ?? []) : []));
  } catch {
    return [];
  }
}

/**
 * What the servers of this bench and the process `worker` have used since they began; undefined where there is no /proc.
 * A connection that has ended counts on with its server.
 */
export function readCpu(worker: number): Cpu | undefined {
  const processes = readProcesses();
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  const sum = (name: string): number =>
    processes
      .filter((one) => one.name === name && isOurs(one.pid))
      .reduce((total, { micros, ofEnded }) => total + micros + ofEnded, 0);
  const own = processes.find(({ pid }) => pid === worker);
  return own && { worker: own.micros + own.ofEnded, postgres: sum('postgres'), redis: sum('redis-server') };
}

/** What each of so many tasks has cost between the two readings. */
export const cpuOfEach = (tasks: number, before: Cpu, after: Cpu): Cpu => ({
  worker: (after.worker - before.worker) / tasks,
  postgres: (after.postgres - before.postgres) / tasks,
  redis: (after.redis - before.redis) / tasks,
});
