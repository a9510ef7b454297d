export { runTask, startTask } from './run-task.ts';
export type { StartedTask, TestOptions, TestRun } from './run-task.ts';
