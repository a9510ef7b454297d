import type { Attempt, TaskDetail } from '#lib/tasks/types';

/** Attempts are numbered anew where somebody has sent an ended task again: true when attempt `number` is the first after that. */
export const beginsAnew = (before: Pick<Attempt, 'attempt'> | undefined, number: number): boolean =>
  before !== undefined && number <= before.attempt;

type Sent = Pick<TaskDetail, 'attempt'> & { attempts: readonly Pick<Attempt, 'attempt' | 'run'>[] };

/**
 * How often the task had been sent when its execution `run` (`Attempt.run`) began: 1 until somebody sends it again. Without `run`: so
 * far, also when nothing has started since.
 */
export function roundOf({ attempts, attempt }: Sent, run = Infinity): number {
  const started = [...attempts, { attempt: attempt + 1, run: Infinity }];
  const again = started.filter((one, index) => {
    const before = started[index - 1];
    return before !== undefined && before.run < run && beginsAnew(before, one.attempt);
  });
  return 1 + again.length;
}
