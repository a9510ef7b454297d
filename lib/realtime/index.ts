export { publishBulk } from './bulk.ts';
export { publishMissed } from './publish.ts';
export {
  flushFeed,
  onTasksPublished,
  publishLogs,
  publishProgress,
  publishQueues,
  publishTask,
  publishTasks,
  publishUntold,
  publishWorkers,
} from './task-feed.ts';
