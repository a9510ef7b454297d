export { createTaskManager } from './manager.ts';
export type { HandlerOptions, ScheduleOptions, TaskManager } from './manager.ts';
export type { TaskEvent, TaskEventHandler, TaskEventType } from './events.ts';
export { waitForTask } from './wait.ts';
