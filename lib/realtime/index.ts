export { flushFeed, publishLogs, publishProgress, publishTasks, publishWorkers } from './task-feed.ts';
