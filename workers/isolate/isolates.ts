import type { Definition } from '#lib/tasks/define';
import { type Executed, readCompleted } from '../runner/complete.ts';
import { conclude } from '../runner/conclude.ts';
import type { Ports, Work } from '../runner/context.ts';
import { afterGrace, givenUp } from '../runner/grace.ts';
import type { RunEnd } from './child-process.ts';
import { createPool } from './pool.ts';

export type Isolates = {
  /**
   * Runs the handler of one attempt in a process of its own and says what becomes of it. Never rejects.
   * @param begin is called when the process is there and the handler begins.
   */
  run(definition: Definition, memoryMb: number, work: Work, ports: Ports, begin: () => void): Promise<Executed>;
  /** Kills all of them. */
  stop(): void;
};

/** Processes that are tried for one run, when each is gone before the handler has begun. */
const maxProcesses = 3;

/** The handler's process is gone. */
class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

/**
 * Runs isolated handlers, each in a process that can be killed.
 *
 * @throws Error naming the definition that is to be isolated although nobody knows its file.
 */
export function createIsolates(definitions: Definition[]): Isolates {
  const isolated = definitions.filter(({ isolation }) => isolation !== null);
  const pool = createPool(isolated.map(sourceOf));
  for (const { isolation } of isolated) if (isolation) pool.keepSpare(isolation.memoryMb);

  /** One that waits may be gone in the very moment it is taken: nothing has happened then, and another is tried. */
  async function runInChild(memoryMb: number, work: Work, ports: Ports, begin: () => void) {
    for (let tries = 1; ; tries += 1) {
      const child = pool.take(memoryMb);
      const end = await Promise.race([child.run(work, ports, begin), afterGrace(ports.signal)]);
      const isUnbegun = end !== 'unheeded' && end.type === 'exited' && end.unbegun;
      if (!isUnbegun || tries === maxProcesses) return { child, end };
    }
  }

  return {
    run: async (definition, memoryMb, work, ports, begin) => {
      const { child, end } = await runInChild(memoryMb, work, ports, begin);
      const isGone = end === 'unheeded' || end.type === 'exited';
      const executed = isGone ? await judgeGone(await child.kill()) : await judgeSaid(end);
      // What the handler left running ends with its attempt.
      if (!isGone && end.spent) await child.kill();
      for (const [name, text] of Object.entries(child.output()))
        if (text) ports.log.warn(`The handler wrote to ${name}:\n${text}`);
      if (isGone || end.spent) pool.keepSpare(memoryMb);
      else pool.rest(child);
      return executed;

      async function judgeSaid(report: Extract<RunEnd, { type: 'ended' }>): Promise<Executed> {
        return report.completed
          ? { ending: report.ending, ended: await readCompleted(work) }
          : { ending: report.ending };
      }

      async function judgeGone(reason: string): Promise<Executed> {
        // It may have completed its task right before.
        const ended = await readCompleted(work);
        if (ended) return { ending: { state: 'completed', outcome: 'success', result: null }, ended };
        const outcome = ports.signal.aborted ? givenUp(ports.signal) : failed(reason);
        return { ending: await conclude(definition, work, outcome) };
      }
    },
    stop: pool.stop,
  };
}

function sourceOf({ name, source }: Definition): string {
  if (source) return source;
  throw new Error(`"${name}" is to be isolated, but it comes from no file that a process of its own could load.`);
}

function failed(reason: string) {
  const thrown = new ProcessEnded(reason);
  delete thrown.stack;
  return { returned: false, thrown, stopped: undefined } as const;
}
