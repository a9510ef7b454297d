export { commandsChannel, sendWorkerCommand, takeCommands, workerPatchSchema } from './commands.ts';
export type { PoolCommand, WorkerCommand } from './commands.ts';
export { beatPool, forgetPool, listPools, registerPool, scalePool, scaleSchema } from './pools.ts';
export { beatWorker, forgetWorkers, listWorkers, registerWorker } from './registry.ts';
export type { PoolInfo, WorkerInfo } from './types.ts';
