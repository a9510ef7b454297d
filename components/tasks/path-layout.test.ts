import type { TaskState } from '#lib/tasks/state';
import { boxHeight, boxWidth, layoutPath } from './path-layout.ts';

const layout = (...states: TaskState[]) =>
  layoutPath(states.map((state, index) => ({ state, from: index, to: index + 1 })));
const reached = (...states: TaskState[]) =>
  layout(...states).boxes.map((box) => (box.reached ? box.state : `(${box.state})`));

it('draws what is ahead of a task that goes on', () => {
  expect(reached('pending')).toEqual(['pending', '(running)', '(completed)']);
});

it('draws only what was gone of a task that has ended', () => {
  expect(reached('pending', 'running', 'failed')).toEqual(['pending', 'running', 'failed']);
});

it('counts how often a way was gone', () => {
  const { edges } = layout('pending', 'running', 'retrying', 'pending', 'running', 'completed');
  expect(edges.map(({ from, to, times }) => [from, to, times])).toEqual([
    ['pending', 'running', 2],
    ['running', 'retrying', 1],
    ['retrying', 'pending', 1],
    ['running', 'completed', 1],
  ]);
});

it('draws the way ahead as one that was not gone', () => {
  expect(layout('pending', 'running').edges).toContainEqual(
    expect.objectContaining({ from: 'running', to: 'completed', times: 0 }),
  );
});

it.each<[TaskState[], string[]]>([
  [['scheduled'], ['scheduled pending', 'pending running', 'running completed']],
  [['blocked'], ['blocked pending', 'pending running', 'running completed']],
  [
    ['scheduled', 'paused'],
    ['paused scheduled', 'scheduled pending', 'pending running', 'running completed'],
  ],
  [
    ['pending', 'running', 'retrying'],
    ['retrying pending', 'running completed'],
  ],
])('leads on from %j by %j', (states, ways) => {
  const ahead = layout(...states).edges.filter(({ times }) => times === 0);
  expect(ahead.map(({ from, to }) => `${from} ${to}`)).toEqual(ways);
});

it('is no wider than its place beside the details, at 1280 pixels', () => {
  expect(layout('scheduled', 'pending', 'running', 'completed').width).toBeLessThanOrEqual(600);
});

it('never puts two states into one place', () => {
  const { boxes, width, height } = layout(
    'scheduled',
    'blocked',
    'pending',
    'paused',
    'running',
    'retrying',
    'failed',
    'cancelled',
    'abandoned',
    'completed',
  );
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
  for (const { x, y } of boxes) {
    expect(x + boxWidth).toBeLessThanOrEqual(width);
    expect(y + boxHeight).toBeLessThanOrEqual(height);
  }
});

it('has room above for the way back of a task that was sent again', () => {
  expect(layout('pending', 'running', 'failed', 'pending').height).toBeGreaterThan(boxHeight);
});
