import type { TaskOutcome } from '#lib/tasks/index';
import { createTaskEvents, type TaskEvent } from './events.ts';

const event = (taskId: string, type: TaskEvent['type'] = 'completed'): TaskEvent => ({
  type,
  taskId,
  at: new Date(0),
  task: {} as TaskOutcome,
});

test('tells each handler of the events of its type, until it is taken off', () => {
  const events = createTaskEvents(10);
  const told: string[] = [];
  const handler = ({ taskId }: TaskEvent) => told.push(taskId);
  const stop = events.on('completed', handler);
  expect(events.heard()).toBe(true);
  events.emit(event('1'));
  events.emit(event('2', 'failed'));
  stop();
  events.emit(event('3'));
  events.on('completed', handler);
  events.off('completed', handler);
  events.emit(event('4'));
  expect(told).toEqual(['1']);
  expect(events.heard()).toBe(false);
});

test('keeps the latest events, and finds those of a task or type', () => {
  const events = createTaskEvents(3);
  for (const id of ['1', '2', '3', '4']) events.emit(event(id, id === '3' ? 'failed' : 'completed'));
  expect(events.history().map(({ taskId }) => taskId)).toEqual(['2', '3', '4']);
  expect(events.history({ type: 'completed' }).map(({ taskId }) => taskId)).toEqual(['2', '4']);
  expect(events.history({ type: 'completed', taskId: '4' })).toHaveLength(1);
});
