import { log } from '#lib/observability/index';
import { commandsChannel, type PoolCommand, takeCommands, type WorkerCommand } from '#lib/workers/index';
import { type Loop, startListeningLoop } from '../maintenance/loop.ts';

const pollMs = 5_000;

/** Carries out the commands that are sent to `target`, a worker or a pool, one after the other. */
export const obeyCommands = (
  target: string,
  carryOut: (command: WorkerCommand | PoolCommand) => Promise<void> | void,
): Promise<Loop> =>
  startListeningLoop(
    commandsChannel,
    {
      name: 'Listening to commands',
      everyMs: pollMs,
      round: async () => {
        for (const command of await takeCommands(target)) {
          log.info('command', { target, ...command });
          await carryOut(command);
        }
        return false;
      },
    },
    (payload) => payload === target,
  );
