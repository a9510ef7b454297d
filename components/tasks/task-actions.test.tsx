import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { summary } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { TaskActions } from './task-actions.tsx';

it('shows a viewer nothing to press', () => {
  const { container } = renderPage(<TaskActions task={summary({ state: 'failed' })} />, { role: 'viewer' });
  expect(container).toBeEmptyDOMElement();
});

it.each([
  ['running', ['Cancel']],
  ['scheduled', ['Cancel']],
  ['failed', ['Retry']],
  ['abandoned', ['Retry']],
  ['completed', []],
] as const)('offers for a %s task %j', (state, names) => {
  renderPage(<TaskActions task={summary({ state })} />);
  expect(screen.queryAllByRole('button').map((button) => button.textContent?.trim())).toEqual(names);
});

it('asks for a cancel', async () => {
  const task = summary({ state: 'running' });
  const calls = answerApi({ [`POST /api/tasks/${task.id}/cancel`]: { body: { id: task.id, state: 'running' } } });
  renderPage(<TaskActions task={task} />);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(calls).toHaveLength(1);
});

it('says that it is stopping until the task has stopped', () => {
  renderPage(<TaskActions task={summary({ state: 'running', cancelRequested: true })} />);
  expect(screen.getByRole('button', { name: 'Stopping …' })).toBeDisabled();
});
