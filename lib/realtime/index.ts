export { flushFeed, publishLogs, publishProgress, publishTasks } from './task-feed.ts';
