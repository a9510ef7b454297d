export { publishBulk } from './bulk.ts';
export {
  flushFeed,
  onTasksPublished,
  publishLogs,
  publishProgress,
  publishQueues,
  publishTask,
  publishTasks,
  publishWorkers,
} from './task-feed.ts';
