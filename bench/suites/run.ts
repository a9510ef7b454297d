import { type Cpu, cpuOfEach, readCpu } from '../cpu.ts';
import { type Pair, rate } from './round.ts';

/** Tasks a second, and the CPU time that each has cost. */
export type Run = { rate: number; cpu: Cpu | undefined };

/** (b) Tasks that are run and recorded: all wait when the worker begins, and nobody adds more. */
export async function measureRun({ producer, worker, concurrency }: Pair, tasks: number): Promise<Run> {
  await producer.tell('addMany', { count: tasks });
  await producer.tell('ready', { count: tasks });
  const before = readCpu(worker.pid);
  await worker.tell('work', { concurrency });
  const span = await worker.tell('finished', { count: tasks });
  const after = readCpu(worker.pid);
  await worker.tell('stopWork');
  await worker.tell('reset');
  return { rate: rate(tasks, span), cpu: before && after && cpuOfEach(tasks, before, after) };
}

/** (c) Tasks a second from the first submit to the last recorded outcome, both processes at work. */
export async function measureEndToEnd({ producer, worker, concurrency }: Pair, tasks: number): Promise<number> {
  await worker.tell('work', { concurrency });
  const added = await producer.tell('addMany', { count: tasks });
  const { endedAt } = await worker.tell('finished', { count: tasks });
  await worker.tell('stopWork');
  await worker.tell('reset');
  return rate(tasks, { startedAt: added.startedAt, endedAt });
}

/** Lets both processes compile what they will run. */
export async function warmUp({ producer, worker, concurrency }: Pair, tasks: number): Promise<void> {
  await worker.tell('work', { concurrency });
  await producer.tell('addMany', { count: tasks });
  await worker.tell('finished', { count: tasks });
  await worker.tell('stopWork');
  await worker.tell('reset');
}
