import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { view } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { TaskActions } from './task-actions.tsx';

it('shows a viewer nothing to press', () => {
  const { container } = renderPage(<TaskActions task={view({ state: 'failed' })} />, {
    role: 'viewer',
  });
  expect(container).toBeEmptyDOMElement();
});

it.each([
  ['running', ['Cancel']],
  ['scheduled', ['Pause', 'Cancel']],
  ['paused', ['Resume', 'Cancel']],
  ['failed', ['Edit and redrive', 'Retry']],
  ['abandoned', ['Edit and redrive', 'Retry']],
  ['completed', []],
] as const)('offers for a %s task %j', (state, names) => {
  renderPage(<TaskActions task={view({ state })} />);
  expect(screen.queryAllByRole('button').map((button) => button.textContent?.trim())).toEqual(names);
});

it.each([
  ['Cancel', 'running', 'cancel'],
  ['Pause', 'scheduled', 'pause'],
  ['Resume', 'paused', 'resume'],
  ['Retry', 'failed', 'retry'],
] as const)('%s of a %s task asks the API to %s it', async (name, state, verb) => {
  const task = view({ state });
  const calls = answerApi({ [`POST /api/tasks/${task.id}/${verb}`]: { body: { id: task.id, state } } });
  renderPage(<TaskActions task={task} />);
  await userEvent.click(screen.getByRole('button', { name }));
  expect(calls).toHaveLength(1);
});

it('says that it is stopping until the task has stopped', () => {
  renderPage(<TaskActions task={view({ state: 'running', cancelRequested: true })} />);
  expect(screen.getByRole('button', { name: 'Stopping …' })).toBeDisabled();
});
